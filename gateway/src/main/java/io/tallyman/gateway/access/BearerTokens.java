package io.tallyman.gateway.access;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.tallyman.gateway.rate.RequestRates;
import io.tallyman.gateway.request.Api;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.TokenPrincipal;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Gives a request the principal of its access token or its API key ({@code Authorization: Bearer}),
 * or else of its ticket, or else of its session cookie. A request with a token or a ticket that is
 * not valid is refused, because its sender expects to be known. A browser sends the cookie with
 * every request, so a session that has ended is ignored. The routes of logins ignore all of them,
 * because a client refreshes its tokens when they have expired. Each request counts for its user,
 * or for its network address until the user is known.
 */
@ServerFilter({"/api/**", "/ws/**"})
public final class BearerTokens implements Ordered {
  /** The prefix of the routes of logins. */
  public static final String LOGIN = Api.V1 + "/auth";

  private final CheckedTokens tokens;
  private final Admissions admissions;
  private final RequestRates rates;
  private final ExecutorService executor;

  BearerTokens(
      CheckedTokens tokens,
      Admissions admissions,
      RequestRates rates,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.tokens = tokens;
    this.admissions = admissions;
    this.rates = rates;
    this.executor = executor;
  }

  /** Returns the request. Only a token that was not checked before needs another thread. */
  @RequestFilter
  CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
    Optional<Credential> sent = Credential.of(request);
    if (sent.isEmpty() || request.getPath().startsWith(LOGIN + '/')) {
      rates.countAddress(request);
      return CompletableFuture.completedFuture(request);
    }
    Credential credential = sent.get();
    Optional<AccessToken> remembered = tokens.remembered(credential);
    if (remembered.isPresent()) {
      return CompletableFuture.completedFuture(with(request, credential, remembered.get()));
    }
    // It may be made up, and to find that out costs a signature or a request.
    rates.countAddress(request);
    CompletableFuture<HttpRequest<?>> checked = new CompletableFuture<>();
    Executor connection = connection(request);
    executor.execute(() -> connection.execute(check(request, credential, checked)));
    return checked;
  }

  /** Checks a credential now. The result completes the future with what was found. */
  private Runnable check(
      HttpRequest<?> request, Credential credential, CompletableFuture<HttpRequest<?>> checked) {
    try {
      HttpRequest<?> known =
          tokens
              .find(credential)
              .<HttpRequest<?>>map(token -> with(request, credential, token))
              .orElse(request);
      return () -> checked.complete(known);
    } catch (RuntimeException refusal) {
      return () -> checked.completeExceptionally(refusal);
    }
  }

  /**
   * The thread of the connection. A WebSocket that opens on another thread loses what its client
   * sends first, because the server reads it before the socket is ready.
   */
  private static Executor connection(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> netty
        ? netty.getChannelHandlerContext().executor()
        : Runnable::run;
  }

  /**
   * The sender of a request.
   *
   * @throws NotAuthenticated if the request has no token and no session
   */
  public static TokenPrincipal sender(HttpRequest<?> request) {
    return TokenPrincipal.of(request).orElseThrow(NotAuthenticated::new);
  }

  /** Runs after the checks of the host and of the origin, and before all other checks. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before();
  }

  private HttpRequest<?> with(HttpRequest<?> request, Credential credential, AccessToken token) {
    rates.count(request, token.principal());
    if (credential.kind() == Credential.Kind.SESSION) {
      CsrfToken.require(request, credential.secret());
    }
    request.setAttribute(Admission.ATTRIBUTE, admissions.admit(request, credential, token));
    return token.attachTo(request);
  }
}
