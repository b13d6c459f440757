package io.tallyman.kit.credential;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the credentials with which this service calls others: a JWT, signed with the secret of this
 * service, for one called service, valid for {@link #LIFE}. It needs no other service. A credential
 * is used for several calls, because signing each call would cost time.
 */
@Singleton
public final class Credentials {
  static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
  static final Duration LIFE = Duration.ofSeconds(60);
  private static final Duration USE = Duration.ofSeconds(5);

  private final Secrets secrets;
  private final String name;
  private final Map<String, Made> made = new ConcurrentHashMap<>();

  private record Made(String credential, long at) {
    boolean isFresh() {
      return System.nanoTime() - at < USE.toNanos();
    }
  }

  Credentials(Secrets secrets, @Value("${micronaut.application.name}") String name) {
    this.secrets = secrets;
    this.name = name;
  }

  /**
   * The value of the header {@code Authorization} of a call.
   *
   * @param service the name of the called service
   */
  public String authorization(String service) {
    Made last = made.get(service);
    if (last == null || !last.isFresh()) {
      last = new Made(make(service), System.nanoTime());
      made.put(service, last);
    }
    return "Bearer " + last.credential;
  }

  private String make(String service) {
    Instant now = Instant.now();
    SignedJWT credential =
        new SignedJWT(
            new JWSHeader(ALGORITHM),
            new JWTClaimsSet.Builder()
                .issuer(name)
                .audience(service)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build());
    try {
      credential.sign(new MACSigner(Objects.requireNonNull(secrets.of(name))));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return credential.serialize();
  }
}
