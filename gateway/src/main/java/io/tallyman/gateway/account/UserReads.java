package io.tallyman.gateway.account;

import io.tallyman.gateway.upstream.SharedCalls;
import io.tallyman.gateway.upstream.SharedCalls.Item;
import io.tallyman.gateway.upstream.UpstreamProblem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads users by their ids. Requests share calls, so that many clients need few. A shared call has
 * the token of one request: all may read every user, and the gateway has checked that.
 */
@Singleton
final class UserReads {
  /** So many ids fit into the first line of a request. */
  private static final int MOST_AT_ONCE = 100;

  /** In calls for many, user-service knows only ids of at most 18 digits. */
  private static final long NO_COMMON_ID = 1_000_000_000_000_000_000L;

  private final UserClient users;
  private final SharedCalls<Long, User> calls;

  UserReads(UserClient users) {
    this.users = users;
    this.calls = new SharedCalls<>(users::show, this::read, MOST_AT_ONCE);
  }

  /**
   * @throws UpstreamProblem if there is no such user, or user-service does not answer
   */
  User read(long id) {
    return id < 0 || id >= NO_COMMON_ID ? users.show(id) : calls.call(id);
  }

  private List<Supplier<User>> read(List<Item<Long>> wanted) {
    String ids =
        wanted.stream()
            .map(each -> Long.toString(each.asked()))
            .distinct()
            .collect(Collectors.joining(","));
    Map<Long, User> found =
        users.chosen(ids, null, null).data().stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    return wanted.stream().map(each -> result(each.asked(), found.get(each.asked()))).toList();
  }

  /** Reads a missing user alone, so that user-service answers with the reason. */
  private Supplier<User> result(long id, @Nullable User found) {
    return found == null ? () -> users.show(id) : () -> found;
  }
}
