package io.tallyman.user.token;

import com.nimbusds.jose.jwk.ECKey;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * The public keys of access tokens, as a JSON Web Key Set (RFC 7517).
 *
 * @param now the time of the issuer in seconds since 1970, by which tokens begin and expire
 */
@Serdeable
record PublishedKeys(List<PublishedKey> keys, long now) {

  /**
   * @param x base64url, as {@code y}
   */
  @Serdeable
  record PublishedKey(
      String kty, String use, String alg, String crv, String kid, String x, String y) {
    private static PublishedKey of(ECKey key) {
      return new PublishedKey(
          "EC",
          "sig",
          "ES256",
          key.getCurve().getName(),
          key.getKeyID(),
          key.getX().toString(),
          key.getY().toString());
    }
  }

  /**
   * @param keys at least one
   */
  static PublishedKeys of(List<SigningKey> keys) {
    return new PublishedKeys(
        keys.stream().map(key -> PublishedKey.of(key.key())).toList(),
        keys.getFirst().readAt().getEpochSecond());
  }
}
