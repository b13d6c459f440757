package io.tallyman.kit.security;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerHttpRequestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an access token proves. An access token is a JWT of the type {@link #TYPE} (RFC 9068) that
 * is signed with ES256.
 *
 * @param preferredName the name of the sender when the token was made; null in tokens of earlier
 *     releases
 * @param expiresAt by the clock of the issuer
 * @param token the text of the token, for calls of other services
 */
public record AccessToken(
    TokenPrincipal principal, @Nullable String preferredName, Instant expiresAt, String token) {
  public static final String ISSUER = "urn:tallyman:issuer";
  public static final String AUDIENCE = "tallyman";

  /** The type in the header of the token. No ID token and no token of another purpose has it. */
  public static final String TYPE = "at+jwt";

  /** The claim that lists the roles. */
  public static final String ROLES = "roles";

  /** The claim that has the name of the sender, as OpenID Connect defines it. */
  public static final String PREFERRED_NAME = "preferred_username";

  /**
   * How long a token is accepted before its begin and after its end. Only the time that requests
   * take on their way matters, because all services use the clock of the issuer.
   */
  public static final Duration LEEWAY = Duration.ofSeconds(10);

  private static final String ATTRIBUTE = "tallyman.access-token";
  private static final String NAME_ATTRIBUTE = "tallyman.preferred-name";

  /** Makes this the token of a request, and its principal the sender. */
  public HttpRequest<?> attachTo(HttpRequest<?> request) {
    request.setUserPrincipal(principal);
    request.setAttribute(ATTRIBUTE, token);
    request.setAttribute(NAME_ATTRIBUTE, preferredName);
    return request;
  }

  /** The text of the token of the request that this thread works for; empty if there is none. */
  public static Optional<String> current() {
    return ServerHttpRequestContext.find()
        .flatMap(request -> request.getAttribute(ATTRIBUTE, String.class));
  }

  /** The name of the sender of the request that this thread works for; empty if it is unknown. */
  public static Optional<String> currentName() {
    return ServerHttpRequestContext.find()
        .flatMap(request -> request.getAttribute(NAME_ATTRIBUTE, String.class));
  }

  /** Does not show the token. */
  @Override
  public String toString() {
    return "AccessToken[%s, %s]".formatted(principal, expiresAt);
  }
}
