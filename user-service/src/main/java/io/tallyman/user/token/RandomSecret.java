package io.tallyman.user.token;

import io.tallyman.kit.idempotency.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that nobody can guess. Only their hashes are stored, which need no salt. */
public final class RandomSecret {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomSecret() {}

  /** A new secret of 256 random bits, as 43 characters of URL-safe Base64. */
  public static String make() {
    byte[] secret = new byte[BYTES];
    RANDOM.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** The SHA-256 of a secret, in hexadecimal digits. */
  public static String hash(String secret) {
    return Digest.of(secret.getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
