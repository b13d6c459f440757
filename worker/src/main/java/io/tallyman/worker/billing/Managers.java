package io.tallyman.worker.billing;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.tallyman.worker.billing.UserClient.Chosen;
import io.tallyman.worker.billing.UserClient.User;
import io.tallyman.worker.task.TransientFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds the managers' names to rows that are ordered by manager. It asks user-service once for all
 * managers of a batch of rows, and remembers only those of the last batch. Used by one thread.
 */
final class Managers {
  /** Shown for rows without a manager. A user may have this name too, but has a user name. */
  private static final Manager NOBODY = new Manager("", "(no manager)");

  private final UserClient users;
  private final Map<String, Manager> known = new HashMap<>();

  Managers(UserClient users) {
    this.users = users;
  }

  /**
   * @param username empty if there is no such user
   */
  private record Manager(String username, String name) {
    static Manager unknown(String id) {
      return new Manager("", "(unknown user " + id + ")");
    }
  }

  /**
   * Names the managers of rows. The first cell, the manager's id, is replaced by two: the user name
   * and the name.
   *
   * @throws TransientFailure if user-service does not answer
   */
  List<String[]> name(List<String[]> rows) {
    meet(rows);
    return rows.stream().map(this::named).toList();
  }

  private void meet(List<String[]> rows) {
    Set<String> ids = new TreeSet<>();
    rows.forEach(row -> ids.add(row[0]));
    ids.remove("");
    known.keySet().retainAll(ids);
    ids.removeAll(known.keySet());
    List<String> all = List.copyOf(ids);
    for (int first = 0; first < all.size(); first += UserClient.MOST) {
      ask(all.subList(first, Math.min(first + UserClient.MOST, all.size())));
    }
  }

  private void ask(List<String> ids) {
    ids.forEach(id -> known.put(id, Manager.unknown(id)));
    for (User user : choose(String.join(",", ids))) {
      known.put(Long.toString(user.id()), new Manager(user.username(), user.name()));
    }
  }

  private List<User> choose(String ids) {
    try {
      Chosen chosen = users.choose(ids);
      if (chosen == null) {
        throw unavailable("was answered with 404", null);
      }
      return chosen.data();
    } catch (HttpClientResponseException refused) {
      throw unavailable("was answered with " + refused.getStatus().getCode(), refused);
    } catch (HttpClientException failure) {
      throw unavailable("got no answer", failure);
    }
  }

  private String[] named(String[] row) {
    Manager manager = known.getOrDefault(row[0], NOBODY);
    String[] named = new String[row.length + 1];
    named[0] = manager.username();
    named[1] = manager.name();
    System.arraycopy(row, 1, named, 2, row.length - 1);
    return named;
  }

  private static TransientFailure unavailable(String what, @Nullable HttpClientException cause) {
    return new TransientFailure(
        "user-service-unavailable",
        "user-service did not answer",
        "GET /internal/users " + what + ".",
        cause);
  }
}
