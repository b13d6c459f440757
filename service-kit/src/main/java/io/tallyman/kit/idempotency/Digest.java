package io.tallyman.kit.idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A fingerprint for requests that contain no secrets.
 *
 * @param sha256 in hex
 */
public record Digest(String sha256) implements Fingerprint {
  public static Digest of(byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(algorithm().digest(bytes)));
  }

  public static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String make() {
    return sha256;
  }

  @Override
  public boolean matches(String kept) {
    return sha256.equals(kept);
  }
}
