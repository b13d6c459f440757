package io.tallyman.gateway.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.tallyman.gateway.request.Api;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.TokenPrincipal;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Gives a request the principal of its access token or its API key ({@code Authorization: Bearer}).
 * A request with a token that is not valid is refused, because its sender expects to be known. The
 * routes of logins ignore the header, because a client refreshes its tokens when they have expired.
 */
@ServerFilter({"/api/**", "/ws/**"})
public final class BearerTokens {
  /** The prefix of the routes of logins. */
  public static final String LOGIN = Api.V1 + "/auth";

  private static final String SCHEME = "Bearer";

  private final CheckedTokens tokens;
  private final ExecutorService executor;

  BearerTokens(CheckedTokens tokens, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.tokens = tokens;
    this.executor = executor;
  }

  /** Returns the request. Only a token that was not checked before needs another thread. */
  @RequestFilter
  CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
    @Nullable String token = token(request);
    if (token == null || request.getPath().startsWith(LOGIN + '/')) {
      return CompletableFuture.completedFuture(request);
    }
    Optional<AccessToken> remembered = tokens.remembered(token);
    if (remembered.isPresent()) {
      return CompletableFuture.completedFuture(with(request, remembered.get()));
    }
    CompletableFuture<HttpRequest<?>> checked = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            checked.complete(with(request, tokens.check(token)));
          } catch (RuntimeException refusal) {
            checked.completeExceptionally(refusal);
          }
        });
    return checked;
  }

  /**
   * The sender of a request.
   *
   * @throws NotAuthenticated if the request has no token
   */
  public static TokenPrincipal sender(HttpRequest<?> request) {
    return TokenPrincipal.of(request).orElseThrow(NotAuthenticated::new);
  }

  private static HttpRequest<?> with(HttpRequest<?> request, AccessToken token) {
    request.setUserPrincipal(token.principal());
    return request;
  }

  /** Null if the request has no token. Other schemes are those of proxies. */
  private static @Nullable String token(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return null;
    }
    String[] parts = header.strip().split(" +", 2);
    return parts[0].equalsIgnoreCase(SCHEME) ? parts[parts.length - 1] : null;
  }
}
