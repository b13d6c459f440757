package io.tallyman.kit.credential;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.kit.security.VerifiedTokens;
import jakarta.inject.Named;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Demands an access token for every route that is not internal, and gives the request its
 * principal, because the service that sends the request works for that principal. A service may
 * send its own credential instead if it may use {@link InternalCallers#OTHER_ROUTES}. Open are only
 * the endpoints of the management port, and the routes {@link WithoutToken}.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(beans = VerifiedTokens.class)
final class ForwardedTokens implements Ordered {
  private static final Pattern BEARER = Pattern.compile("[Bb]earer +([^ ]+)");
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType(AccessToken.TYPE);

  private final VerifiedTokens tokens;
  private final InternalRoutes services;
  private final ExecutorService executor;

  ForwardedTokens(
      VerifiedTokens tokens,
      InternalRoutes services,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.tokens = tokens;
    this.services = services;
    this.executor = executor;
  }

  /** Returns the request. Only a token that was not verified before needs another thread. */
  @RequestFilter
  CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
    if (isOpen(request)) {
      return CompletableFuture.completedFuture(request);
    }
    String token = sent(request);
    Optional<AccessToken> known = tokens.remembered(token);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get().attachTo(request));
    }
    if (!isAccessToken(token)) {
      services.check(request, InternalCallers.OTHER_ROUTES);
      return CompletableFuture.completedFuture(request);
    }
    return CompletableFuture.supplyAsync(() -> tokens.verify(token).attachTo(request), executor);
  }

  /** Whether the request needs no token, or there is no such route. */
  private static boolean isOpen(HttpRequest<?> request) {
    return InternalRoutes.isInternal(request)
        || RouteAttributes.getRouteMatch(request)
            .map(RouteMatch::getAnnotationMetadata)
            .map(
                route ->
                    route.hasAnnotation(WithoutToken.class) || route.hasStereotype(Endpoint.class))
            .orElse(true);
  }

  private static String sent(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    Matcher bearer = BEARER.matcher(headers.size() == 1 ? headers.getFirst() : "");
    if (!bearer.matches()) {
      throw new InvalidToken("Send exactly one access token, as Authorization: Bearer.");
    }
    return bearer.group(1);
  }

  private static boolean isAccessToken(String token) {
    try {
      return ACCESS_TOKEN.equals(SignedJWT.parse(token).getHeader().getType());
    } catch (ParseException unreadable) {
      return true;
    }
  }

  /** Runs after the check of the credentials of services. */
  @Override
  public int getOrder() {
    return InternalRoutes.ORDER + 1;
  }
}
