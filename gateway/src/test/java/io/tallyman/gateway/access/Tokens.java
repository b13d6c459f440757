package io.tallyman.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tallyman.kit.security.AccessToken;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** An issuer of access tokens, as user-service is. Its clock stands still. */
public record Tokens(ECKey key) {
  private static final Instant NOW = Instant.parse("2031-08-05T12:00:00Z");

  /** Every gateway in these tests knows its keys, unless the test publishes others. */
  public static final Tokens SHARED = of("shared");

  /** The header line with a token of an admin, for requests that are written by hand. */
  public static final String ADMIN = "Authorization: " + SHARED.bearer("admin");

  public static Tokens of(String keyId) {
    try {
      return new Tokens(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate());
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  public String keys() {
    return new JWKSet(List.of(key.toPublicJWK()), Map.of("now", NOW.getEpochSecond()))
        .toString(true);
  }

  /** The value of the header {@code Authorization} of the user 3. */
  public String bearer(String... roles) {
    return "Bearer " + issue("3", 600, roles);
  }

  /** A token that is valid for some seconds from now on. */
  public String issue(String subject, long seconds, String... roles) {
    return sign(AccessToken.TYPE, claims(subject, seconds, roles).build());
  }

  /** The claims of a token that is valid for some seconds from now on. */
  JWTClaimsSet.Builder claims(String subject, long seconds, String... roles) {
    return new JWTClaimsSet.Builder()
        .issuer(AccessToken.ISSUER)
        .audience(AccessToken.AUDIENCE)
        .subject(subject)
        .claim(AccessToken.ROLES, List.of(roles))
        .notBeforeTime(in(0))
        .expirationTime(in(seconds));
  }

  /** The time so many seconds from now on. */
  static Date in(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  String sign(String type, JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType(type))
                  .keyID(key.getKeyID())
                  .build(),
              claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
