package io.tallyman.e2e;

import io.tallyman.e2e.browser.Key;
import io.tallyman.e2e.browser.Tab;
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
        List.of("clerk", "viewer"));
  }

  /**
   * A user who can log in.
   *
   * @param user the body that adds the user
   * @param username the name that logs the user in
   */
  record Login(Map<String, ?> user, String username, String password) {
    /** The body that logs the user in. */
    Map<String, String> credentials() {
      return Map.of("username", username, "password", password);
    }
  }

  static Login login() {
    Map<String, ?> user = next();
    return new Login(
        user, String.valueOf(user.get("username")), String.valueOf(user.get("password")));
  }

  /** Adds a user, who logs in to the dashboard of a tab, where no user is logged in. */
  static void logIn(Tab tab, Gateway gateway) {
    logIn(tab, gateway, login());
  }

  /** Like the other method, with a user who has all roles. */
  static void logInAsAdmin(Tab tab, Gateway gateway) {
    Map<String, ?> user = next("roles", List.of("admin"));
    logIn(
        tab,
        gateway,
        new Login(
            user, String.valueOf(user.get("username")), String.valueOf(user.get("password"))));
  }

  private static void logIn(Tab tab, Gateway gateway, Login user) {
    gateway.post("/api/v1/users", user.user());
    tab.awaitTrue("document.activeElement.name === 'username'");
    tab.type(user.username());
    tab.press(Key.TAB);
    tab.type(user.password());
    tab.press(Key.ENTER);
    tab.awaitText("Log out");
  }

  /** The next user, with another value of one field. */
  static Map<String, ?> next(String field, Object value) {
    Map<String, Object> user = new HashMap<>(next());
    user.put(field, value);
    return user;
  }
}
