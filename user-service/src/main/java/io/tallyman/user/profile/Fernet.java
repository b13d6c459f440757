package io.tallyman.user.profile;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts messages as Fernet tokens, version 0x80 (https://github.com/fernet/spec): encrypted with
 * AES-128-CBC, then signed with HMAC-SHA256, in base64url. Reading or creating a token needs the
 * key. The time of creation is not encrypted.
 */
final class Fernet {
  private static final byte VERSION = (byte) 0x80;
  private static final int HALF_KEY_BYTES = 16;
  private static final int BLOCK_BYTES = 16;
  private static final int HEADER_BYTES = 1 + Long.BYTES + BLOCK_BYTES;
  private static final int MAC_BYTES = 32;
  private static final String MAC = "HmacSHA256";
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec signing;
  private final SecretKeySpec encryption;

  /**
   * @param key 32 bytes in base64url: the first half signs, the second encrypts
   * @throws IllegalArgumentException if the key has another form
   */
  Fernet(String key) {
    byte[] bytes = Base64.getUrlDecoder().decode(key);
    if (bytes.length != 2 * HALF_KEY_BYTES) {
      throw new IllegalArgumentException(
          "A key must have 32 bytes, but this one has " + bytes.length);
    }
    signing = new SecretKeySpec(bytes, 0, HALF_KEY_BYTES, MAC);
    encryption = new SecretKeySpec(bytes, HALF_KEY_BYTES, HALF_KEY_BYTES, "AES");
  }

  /** Encrypts a message. All tokens are different, even for the same message. */
  String seal(byte[] message, Instant now) {
    byte[] vector = new byte[BLOCK_BYTES];
    RANDOM.nextBytes(vector);
    return seal(message, now, vector);
  }

  /**
   * @param vector the initialization vector; random, and used only once
   */
  String seal(byte[] message, Instant now, byte[] vector) {
    byte[] encrypted = encrypt(message, vector);
    byte[] signed =
        ByteBuffer.allocate(HEADER_BYTES + encrypted.length)
            .put(VERSION)
            .putLong(now.getEpochSecond())
            .put(vector)
            .put(encrypted)
            .array();
    byte[] token =
        ByteBuffer.allocate(signed.length + MAC_BYTES).put(signed).put(mac(signed)).array();
    return Base64.getUrlEncoder().encodeToString(token);
  }

  /**
   * Decrypts a token.
   *
   * @param most the maximum age of the token; a token from up to one minute in the future is
   *     accepted, because clocks differ
   */
  byte[] open(String token, Duration most, Instant now) throws InvalidToken {
    byte[] bytes = decode(token);
    if (bytes.length < HEADER_BYTES + BLOCK_BYTES + MAC_BYTES || bytes[0] != VERSION) {
      throw new InvalidToken();
    }
    byte[] signed = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, signed.length, bytes.length);
    // Constant-time comparison, before any other part of the token is used.
    if (!MessageDigest.isEqual(mac, mac(signed))) {
      throw new InvalidToken();
    }
    Instant made = Instant.ofEpochSecond(ByteBuffer.wrap(signed).getLong(1));
    if (made.plus(most).isBefore(now) || made.isAfter(now.plus(CLOCK_SKEW))) {
      throw new InvalidToken();
    }
    return decrypt(signed);
  }

  private static byte[] decode(String token) throws InvalidToken {
    try {
      return Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      throw new InvalidToken();
    }
  }

  private byte[] encrypt(byte[] message, byte[] vector) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, vector).doFinal(message);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private byte[] decrypt(byte[] signed) throws InvalidToken {
    byte[] vector = Arrays.copyOfRange(signed, HEADER_BYTES - BLOCK_BYTES, HEADER_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, vector)
          .doFinal(signed, HEADER_BYTES, signed.length - HEADER_BYTES);
    } catch (BadPaddingException | IllegalBlockSizeException signedButNotByUs) {
      throw new InvalidToken();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Cipher cipher(int mode, byte[] vector) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(mode, encryption, new IvParameterSpec(vector));
    return cipher;
  }

  private byte[] mac(byte[] signed) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(signing);
      return mac.doFinal(signed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
