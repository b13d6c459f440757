package io.tallyman.kit.tls;

import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.ssl.SslBuilder;
import io.micronaut.http.ssl.SslConfiguration;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Optional;

/**
 * Reads a key with the framework, which reads PKCS #8 ({@code PRIVATE KEY}), PKCS #1 ({@code RSA
 * PRIVATE KEY}) and SEC 1 ({@code EC PRIVATE KEY}).
 */
final class KeyAndCertificate extends SslBuilder<KeyStore> {
  /** The name that the framework gives to the key. */
  private static final String KEY = "key";

  /** The framework encrypts the key in memory with this password. */
  static final String PASSWORD = "";

  private KeyAndCertificate() {
    super(new ResourceResolver());
  }

  /**
   * A store with the key and its chain of certificates.
   *
   * @throws ConfigurationException if one of them cannot be read, or if they do not belong together
   */
  static KeyStore of(PemFile certificate, PemFile key) {
    SslConfiguration parts = new SslConfiguration();
    parts.getKeyStore().setCertificatePath("string:" + certificate.certificates());
    parts.getKeyStore().setKeyPath("string:" + key.key());
    certificate.authorities();
    KeyStore store;
    try {
      store = new KeyAndCertificate().getKeyStore(parts).orElseThrow();
    } catch (Exception failure) {
      throw key.unreadable("private key", failure);
    }
    if (!belongTogether(store)) {
      throw new ConfigurationException(
          "%s: the private key in the file %s does not belong to the certificate in the file %s"
              .formatted(key.setting(), key.path(), certificate.path()));
    }
    return store;
  }

  private static boolean belongTogether(KeyStore store) {
    byte[] text = {1, 2, 3};
    try {
      PrivateKey key = (PrivateKey) store.getKey(KEY, PASSWORD.toCharArray());
      Signature signature =
          Signature.getInstance(
              switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
              });
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(store.getCertificate(KEY).getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKindOfKey) {
      return false;
    }
  }

  @Override
  public Optional<KeyStore> build(SslConfiguration ssl) {
    throw new UnsupportedOperationException("It is only used to read files.");
  }

  @Override
  public Optional<KeyStore> build(SslConfiguration ssl, HttpVersion version) {
    return build(ssl);
  }
}
