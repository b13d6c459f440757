package io.tallyman.user.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.kit.security.AccessToken;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign access tokens; all instances share them. A new key is published for an hour
 * before it signs, so every service has it by then. An old key is published until the last token
 * that it signed has expired.
 */
@Singleton
class SigningKeys {
  static final Duration LEAD = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

  private final SigningKeyRows rows;
  private final TokenConfiguration configuration;

  SigningKeys(SigningKeyRows rows, TokenConfiguration configuration) {
    this.rows = rows;
    this.configuration = configuration;
  }

  /** The key that signs now. */
  SigningKey current() {
    return rows.current()
        .orElseGet(
            () -> {
              rotate();
              return rows.current().orElseThrow();
            });
  }

  /** All keys with which valid tokens may be signed, now or within the next hour. */
  List<SigningKey> published() {
    List<SigningKey> keys = rows.all();
    if (!keys.isEmpty()) {
      return keys;
    }
    rotate();
    return rows.all();
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void rotate() {
    if (rows.add(generate(), seconds(LEAD), seconds(configuration.keyRotation())) > 0) {
      LOG.info("Made a key for access tokens. It signs in an hour, or now if it is the first one.");
    }
    rows.deleteExpired(seconds(configuration.lifetime().plus(AccessToken.LEEWAY.multipliedBy(2))));
  }

  private static double seconds(Duration duration) {
    return (double) duration.toSeconds();
  }

  private static String generate() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate()
          .toJSONString();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
