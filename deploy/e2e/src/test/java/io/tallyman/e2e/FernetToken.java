package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A token, which the test decrypts by the specification. */
record FernetToken(String text) {
  private static final int MAC_BYTES = 32;
  private static final int VECTOR_AT = 9;
  private static final int MESSAGE_AT = 25;

  /**
   * @param key 32 bytes in base64url
   */
  byte[] open(String key) throws GeneralSecurityException {
    byte[] keys = Base64.getUrlDecoder().decode(key.strip());
    byte[] token = Base64.getUrlDecoder().decode(text);
    byte[] signed = Arrays.copyOf(token, token.length - MAC_BYTES);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(keys, 0, 16, "HmacSHA256"));
    assertThat(mac.doFinal(signed))
        .isEqualTo(Arrays.copyOfRange(token, signed.length, token.length));
    assertThat(signed[0]).isEqualTo((byte) 0x80);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(keys, 16, 16, "AES"),
        new IvParameterSpec(signed, VECTOR_AT, 16));
    return cipher.doFinal(signed, MESSAGE_AT, signed.length - MESSAGE_AT);
  }
}
