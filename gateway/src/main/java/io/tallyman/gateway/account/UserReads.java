package io.tallyman.gateway.account;

import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.batch.GroupCommit;
import io.tallyman.kit.batch.TooManyWaiting;
import io.tallyman.kit.request.RequestContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads users by their ids. A request that comes alone is passed on as it is. Requests that come
 * while a call is under way share the next call, so that many clients need few calls. Such a call
 * has the token and the request id of the first of them: all may read every user, and the gateway
 * has checked that.
 *
 * <p>A request waits at most for one other call. It has a call of its own if too many wait, or if
 * there is no such user, so that the answer says so.
 */
@Singleton
final class UserReads {
  private static final Logger LOG = LoggerFactory.getLogger(UserReads.class);

  /** So many ids fit into the first line of a request. */
  private static final int MOST_AT_ONCE = 100;

  /** In calls for many, user-service knows only ids of at most 18 digits. */
  private static final long NO_COMMON_ID = 1_000_000_000_000_000_000L;

  private final UserClient users;
  private final GroupCommit<Wanted, User> calls;

  UserReads(UserClient users) {
    this.users = users;
    // Two requests for the same user may share a call.
    this.calls = new GroupCommit<>(this::read, _ -> new Object(), MOST_AT_ONCE, MOST_AT_ONCE);
  }

  /**
   * @throws UpstreamProblem if there is no such user, or user-service does not answer
   */
  User read(long id) {
    if (id < 0 || id >= NO_COMMON_ID) {
      return users.show(id);
    }
    try {
      return calls.commit(new Wanted(id, RequestContext.current()));
    } catch (TooManyWaiting full) {
      return users.show(id);
    }
  }

  private List<Supplier<User>> read(List<Wanted> wanted) {
    Wanted first = wanted.getFirst();
    if (wanted.size() == 1) {
      User user = first.request().call(() -> users.show(first.id()));
      return List.of(() -> user);
    }
    Map<Long, User> found = first.request().call(() -> find(wanted));
    return wanted.stream().map(each -> result(each.id(), found.get(each.id()))).toList();
  }

  private Map<Long, User> find(List<Wanted> wanted) {
    String ids =
        wanted.stream()
            .map(each -> Long.toString(each.id()))
            .distinct()
            .collect(Collectors.joining(","));
    try {
      return users.chosen(ids, null, null).data().stream()
          .collect(Collectors.toMap(User::id, Function.identity()));
    } catch (UpstreamProblem problem) {
      if (problem.isOutage()) {
        LOG.warn(
            "The call for these requests failed: {}",
            wanted.stream().map(each -> each.request().id()).toList());
        throw problem;
      }
      // The call was refused, for example because its token has expired. The others have their own.
      return Map.of();
    }
  }

  /** Reads a missing user alone, so that user-service answers with the reason. */
  private Supplier<User> result(long id, @Nullable User found) {
    return found == null ? () -> users.show(id) : () -> found;
  }

  /** A user that a request asks for. */
  private record Wanted(long id, RequestContext request) {}
}
