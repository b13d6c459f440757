package io.tallyman.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Bodies of new users, each with unique names. */
final class NewUsers {
  private static final AtomicInteger MADE = new AtomicInteger();

  private NewUsers() {}

  static Map<String, ?> next() {
    String username = "e2e-user-" + MADE.incrementAndGet();
    return Map.of(
        "name",
        "Ada Okafor",
        "email",
        username + "@example.org",
        "username",
        username,
        "password",
        "a long and quiet word",
        "roles",
        List.of("clerk"));
  }

  /** The next user, with another value of one field. */
  static Map<String, ?> next(String field, Object value) {
    Map<String, Object> user = new HashMap<>(next());
    user.put(field, value);
    return user;
  }
}
