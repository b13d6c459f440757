package io.tallyman.user.token;

import com.nimbusds.jose.jwk.ECKey;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.text.ParseException;
import java.time.Instant;

/**
 * A key that signs access tokens.
 *
 * @param jwk the private key as a JSON Web Key
 * @param readAt the time of the database when the key was read
 */
@MappedEntity("signing_key")
public record SigningKey(@Id long number, String jwk, Instant readAt) {
  ECKey key() {
    try {
      return ECKey.parse(jwk);
    } catch (ParseException impossible) {
      throw new IllegalStateException("Signing key " + number + " cannot be read", impossible);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[number=" + number + ", jwk=hidden]";
  }
}
