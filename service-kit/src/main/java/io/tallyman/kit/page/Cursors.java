package io.tallyman.kit.page;

import io.micronaut.json.JsonMapper;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes positions in lists as text that only this service can create. The signature covers the
 * position, the list and the filter.
 *
 * <p>A cursor is Base64 of the signature and the position as JSON. It is opaque, not secret.
 */
@Singleton
final class Cursors {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 32;

  private final JsonMapper json;
  private final SecretKeySpec key;

  Cursors(CursorConfiguration configuration, JsonMapper json) {
    this.json = json;
    this.key =
        new SecretKeySpec(
            configuration.key() == null
                ? randomKey()
                : configuration.key().getBytes(StandardCharsets.UTF_8),
            ALGORITHM);
  }

  String write(String list, Object filter, Object position) {
    byte[] told = toJson(position);
    byte[] signature = signature(list, filter, told);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(signature.length + told.length).put(signature).put(told).array());
  }

  /**
   * @throws InvalidFields if it was not written with this key for this list and filter
   */
  <P> P read(String cursor, String list, Object filter, Class<P> position) {
    byte[] bytes = decode(cursor);
    if (bytes.length <= SIGNATURE_BYTES) {
      throw refused();
    }
    byte[] told = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
    byte[] signature = Arrays.copyOf(bytes, SIGNATURE_BYTES);
    if (!MessageDigest.isEqual(signature, signature(list, filter, told))) {
      throw refused();
    }
    try {
      return Objects.requireNonNull(json.readValue(told, position));
    } catch (IOException ofAnotherVersion) {
      throw refused();
    }
  }

  private byte[] signature(String list, Object filter, byte[] position) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      // JSON contains no zero byte, so the three parts cannot be confused.
      mac.update(toJson(list));
      mac.update((byte) 0);
      mac.update(toJson(filter));
      mac.update((byte) 0);
      return mac.doFinal(position);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private byte[] toJson(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (IOException notSerializable) {
      throw new UncheckedIOException(notSerializable);
    }
  }

  private static byte[] decode(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException damaged) {
      throw refused();
    }
  }

  private static byte[] randomKey() {
    byte[] key = new byte[SIGNATURE_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static InvalidFields refused() {
    return new InvalidFields(
        List.of(
            new FieldError(
                "?cursor",
                "is damaged, expired, or from a list with other filters; begin again without it")));
  }
}
