package io.tallyman.kit.credential;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.kit.security.VerifiedTokens;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives a request the principal of the access token that it has, because the service that sends the
 * request works for that principal. Internal routes have a credential of the service instead.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(beans = VerifiedTokens.class)
final class ForwardedTokens implements Ordered {
  private static final Pattern BEARER = Pattern.compile("[Bb]earer +([^ ]+)");

  private final VerifiedTokens tokens;
  private final ExecutorService executor;

  ForwardedTokens(VerifiedTokens tokens, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.tokens = tokens;
    this.executor = executor;
  }

  /** Returns the request. Only a token that was not verified before needs another thread. */
  @RequestFilter
  CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
    Optional<String> sent = sent(request);
    if (sent.isEmpty()) {
      return CompletableFuture.completedFuture(request);
    }
    String token = sent.get();
    return tokens
        .remembered(token)
        .map(known -> CompletableFuture.<HttpRequest<?>>completedFuture(known.attachTo(request)))
        .orElseGet(
            () ->
                CompletableFuture.supplyAsync(
                    () -> tokens.verify(token, token).attachTo(request), executor));
  }

  private static Optional<String> sent(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.isEmpty() || InternalRoutes.isInternal(request)) {
      return Optional.empty();
    }
    Matcher bearer = BEARER.matcher(headers.getFirst());
    if (headers.size() > 1 || !bearer.matches()) {
      throw new InvalidToken("Send exactly one access token, as Authorization: Bearer.");
    }
    return Optional.of(bearer.group(1));
  }

  /** Runs after the check of the credentials of services. */
  @Override
  public int getOrder() {
    return InternalRoutes.ORDER + 1;
  }
}
