package io.tallyman.kit.security;

import java.time.Duration;
import java.time.Instant;

/**
 * What an access token proves. An access token is a JWT of the type {@link #TYPE} (RFC 9068) that
 * is signed with ES256.
 *
 * @param expiresAt by the clock of the issuer
 */
public record AccessToken(TokenPrincipal principal, Instant expiresAt) {
  public static final String ISSUER = "urn:tallyman:issuer";
  public static final String AUDIENCE = "tallyman";

  /** The type in the header of the token. No ID token and no token of another purpose has it. */
  public static final String TYPE = "at+jwt";

  /** The claim that lists the roles. */
  public static final String ROLES = "roles";

  /**
   * How long a token is accepted before its begin and after its end. Only the time that requests
   * take on their way matters, because all services use the clock of the issuer.
   */
  public static final Duration LEEWAY = Duration.ofSeconds(10);
}
