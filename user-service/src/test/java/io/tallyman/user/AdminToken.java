package io.tallyman.user;

import io.micronaut.context.BeanProvider;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.User;
import io.tallyman.user.token.AccessTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the token of an admin with the requests of tests that have no token. */
@ClientFilter(ClientFilter.MATCH_ALL_PATTERN)
final class AdminToken {
  private static final User ADMIN =
      new User(0, "Test", "test@example.org", "test", List.of(Role.ADMIN), Instant.EPOCH, null);
  private static final Duration USE = Duration.ofSeconds(30);

  private final BeanProvider<AccessTokens> tokens;
  private @Nullable String token;
  private long madeAt;

  AdminToken(BeanProvider<AccessTokens> tokens) {
    this.tokens = tokens;
  }

  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void send(MutableHttpRequest<?> request) {
    if (!request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
        && request.getPath().startsWith("/users")) {
      request.bearerAuth(token());
    }
  }

  private synchronized String token() {
    String last = token;
    if (last == null || System.nanoTime() - madeAt > USE.toNanos()) {
      last = tokens.get().issue(ADMIN);
      token = last;
      madeAt = System.nanoTime();
    }
    return last;
  }
}
