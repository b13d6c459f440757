package io.tallyman.kit.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks access tokens: the signature (only ES256), the type, the issuer, the audience, and the
 * times. A token that lacks one of them is refused.
 */
public final class TokenVerifier {
  private final IssuerKeys keys;

  public TokenVerifier(IssuerKeys keys) {
    this.keys = keys;
  }

  /**
   * May wait for the issuer if it does not have the key.
   *
   * @throws InvalidToken with a detail for the sender of the token
   */
  public AccessToken verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      requireSignature(jwt);
      return accept(jwt.getJWTClaimsSet(), token);
    } catch (ParseException | JOSEException unreadable) {
      throw InvalidToken.notOurs();
    }
  }

  private void requireSignature(SignedJWT jwt) throws JOSEException {
    JWSHeader header = jwt.getHeader();
    if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
        || header.getType() == null
        || !AccessToken.TYPE.equals(header.getType().getType())
        || header.getKeyID() == null) {
      throw InvalidToken.notOurs();
    }
    ECKey key = keys.find(header.getKeyID()).orElseThrow(InvalidToken::notOurs);
    if (!jwt.verify(new ECDSAVerifier(key))) {
      throw InvalidToken.notOurs();
    }
  }

  private AccessToken accept(JWTClaimsSet claims, String token) throws ParseException {
    @Nullable List<String> roles = claims.getStringListClaim(AccessToken.ROLES);
    Date begin = claims.getNotBeforeTime();
    Date end = claims.getExpirationTime();
    if (!AccessToken.ISSUER.equals(claims.getIssuer())
        || !claims.getAudience().equals(List.of(AccessToken.AUDIENCE))
        || claims.getSubject() == null
        || roles == null
        || begin == null
        || end == null) {
      throw InvalidToken.notOurs();
    }
    Instant from = begin.toInstant().minus(AccessToken.LEEWAY);
    if (from.isAfter(keys.now())) {
      // This machine may have slept, so that its idea of the issuer's time is late.
      keys.refresh();
    }
    Instant now = keys.now();
    if (from.isAfter(now)) {
      throw new InvalidToken("The token is not valid yet. Check the clock of its issuer.");
    }
    if (!end.toInstant().plus(AccessToken.LEEWAY).isAfter(now)) {
      throw new InvalidToken(
          "The token has expired. Get a new one with the refresh token, or log in again.");
    }
    return new AccessToken(
        new TokenPrincipal(claims.getSubject(), Set.copyOf(roles)),
        claims.getStringClaim(AccessToken.PREFERRED_NAME),
        end.toInstant(),
        token);
  }
}
