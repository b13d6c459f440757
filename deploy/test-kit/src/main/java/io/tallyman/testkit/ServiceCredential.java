package io.tallyman.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The credentials of services in tests. */
public final class ServiceCredential {
  private static final Duration LIFE = Duration.ofSeconds(60);

  private ServiceCredential() {}

  /** The secret of a service in all tests, as their settings have it. */
  public static String secretOf(String service) {
    return "the-secret-of-" + service + "-in-all-tests";
  }

  /** The header {@code Authorization} of a call. */
  public static String authorization(String caller, String called) {
    Instant now = Instant.now();
    SignedJWT credential =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .issuer(caller)
                .audience(called)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build());
    try {
      credential.sign(new MACSigner(secretOf(caller)));
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
    return "Bearer " + credential.serialize();
  }

  /** Whether the header of a call is a current credential of the caller for the called service. */
  public static boolean isOf(String caller, String called, @Nullable String authorization) {
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      return false;
    }
    try {
      SignedJWT credential = SignedJWT.parse(authorization.substring("Bearer ".length()));
      JWTClaimsSet claims = credential.getJWTClaimsSet();
      return credential.verify(new MACVerifier(secretOf(caller)))
          && claims.getIssuer().equals(caller)
          && claims.getAudience().equals(List.of(called))
          && claims.getExpirationTime().toInstant().isAfter(Instant.now());
    } catch (ParseException | JOSEException unreadable) {
      return false;
    }
  }
}
