package io.tallyman.user.token;

import com.nimbusds.jwt.JWTClaimsSet;
import io.micronaut.security.token.generator.TokenGenerator;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.User;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Issues access tokens. Their times are by the clock of the database. */
@Singleton
public final class AccessTokens {
  /** So soon, an API key, a session or a ticket that has ended is useless everywhere. */
  static final Duration EXCHANGED_LIFETIME = Duration.ofSeconds(50);

  private final SigningKeys keys;
  private final TokenGenerator generator;
  private final TokenConfiguration configuration;

  AccessTokens(SigningKeys keys, TokenGenerator generator, TokenConfiguration configuration) {
    this.keys = keys;
    this.generator = generator;
    this.configuration = configuration;
  }

  /** How long the tokens of a login are valid. */
  public Duration lifetime() {
    return configuration.lifetime();
  }

  /** A token for a user with all roles of the user. */
  public String issue(User user) {
    return issue(user, user.roles(), configuration.lifetime(), Optional.empty());
  }

  /**
   * A token for a program with an API key or a browser with a session.
   *
   * @param roles the roles that the token has
   */
  public ExchangedToken exchange(User user, Collection<Role> roles) {
    return exchange(user, roles, Optional.empty());
  }

  /**
   * A token for a live stream with a ticket.
   *
   * @param roles the roles that the token has
   * @param end when it ends at the latest, if that is earlier than the end of another token
   */
  public ExchangedToken exchange(User user, Collection<Role> roles, Optional<Instant> end) {
    return new ExchangedToken(issue(user, roles, EXCHANGED_LIFETIME, end));
  }

  private String issue(
      User user, Collection<Role> roles, Duration lifetime, Optional<Instant> latestEnd) {
    Instant now = keys.current().readAt();
    Instant end = now.plus(lifetime);
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(AccessToken.ISSUER)
            .audience(AccessToken.AUDIENCE)
            .subject(Long.toString(user.id()))
            .claim(AccessToken.ROLES, Role.names(roles))
            .claim(AccessToken.PREFERRED_NAME, user.username())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(latestEnd.filter(end::isAfter).orElse(end)))
            .build();
    return generator.generateToken(claims.getClaims()).orElseThrow();
  }
}
