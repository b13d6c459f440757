package io.tallyman.user.login;

import io.tallyman.kit.idempotency.Digest;
import io.tallyman.kit.security.InvalidToken;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * A refresh token: the id of its login, which nobody can guess, and 256 random bits.
 *
 * @param text what the client has
 */
record RefreshToken(UUID login, String text) {
  private static final int SECRET_BYTES = 32;
  private static final int BYTES = 2 * Long.BYTES + SECRET_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new token of a login. */
  static RefreshToken of(UUID login) {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    byte[] token =
        ByteBuffer.allocate(BYTES)
            .putLong(login.getMostSignificantBits())
            .putLong(login.getLeastSignificantBits())
            .put(secret)
            .array();
    return new RefreshToken(login, Base64.getUrlEncoder().encodeToString(token));
  }

  /**
   * @throws InvalidToken if it cannot be a refresh token
   */
  static RefreshToken read(String text) {
    try {
      ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (token.remaining() != BYTES) {
        throw unknown();
      }
      return new RefreshToken(new UUID(token.getLong(), token.getLong()), text);
    } catch (IllegalArgumentException notBase64) {
      throw unknown();
    }
  }

  /** What is stored of the token. */
  String hash() {
    return Digest.of(Base64.getUrlDecoder().decode(text)).sha256();
  }

  static InvalidToken unknown() {
    return new InvalidToken("The refresh token is unknown, or its login has ended. Log in again.");
  }

  @Override
  public String toString() {
    return "RefreshToken[hidden]";
  }
}
