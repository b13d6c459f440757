package io.tallyman.worker.billing;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Answers with the users that a test adds, and records the calls. */
final class StandInUserService implements UserClient {
  final List<List<String>> asked = new ArrayList<>();
  boolean isAway;
  private final TreeMap<Long, User> users = new TreeMap<>();

  void add(long id, String username, String name) {
    users.put(id, new User(id, username, name));
  }

  @Override
  public Chosen choose(String ids) {
    if (isAway) {
      throw new HttpClientResponseException(
          "away", io.micronaut.http.HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE));
    }
    List<String> all = Arrays.asList(ids.split(",", -1));
    asked.add(all);
    return new Chosen(
        all.stream().map(Long::valueOf).filter(users::containsKey).map(users::get).toList());
  }
}
