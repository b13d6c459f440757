package io.tallyman.user.login;

import io.tallyman.kit.idempotency.Digest;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A refresh token or a session token: the id of its login, which nobody can guess, and 256 random
 * bits.
 *
 * @param text what the client has
 */
record LoginToken(UUID login, String text) {
  private static final int SECRET_BYTES = 32;
  private static final int BYTES = 2 * Long.BYTES + SECRET_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new token of a login. */
  static LoginToken of(UUID login) {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    byte[] token =
        ByteBuffer.allocate(BYTES)
            .putLong(login.getMostSignificantBits())
            .putLong(login.getLeastSignificantBits())
            .put(secret)
            .array();
    return new LoginToken(login, Base64.getUrlEncoder().encodeToString(token));
  }

  /** Empty if the text cannot be a token. */
  static Optional<LoginToken> read(String text) {
    try {
      ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      return token.remaining() == BYTES
          ? Optional.of(new LoginToken(new UUID(token.getLong(), token.getLong()), text))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** What is stored of the token. */
  String hash() {
    return Digest.of(Base64.getUrlDecoder().decode(text)).sha256();
  }

  @Override
  public String toString() {
    return "LoginToken[hidden]";
  }
}
