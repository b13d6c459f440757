package io.tallyman.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that exists only in a test. It writes certificates and keys to files in
 * PEM format. All of them are valid from the year 2000 to 2100.
 */
public final class TestAuthority {
  private static final Date SINCE = Date.from(Instant.parse("2000-01-01T00:00:00Z"));
  private static final Date UNTIL = Date.from(Instant.parse("2100-01-01T00:00:00Z"));
  private static final AtomicLong SERIAL = new AtomicLong();

  private final Path directory;
  private final X500Name name;
  private final KeyPair key = newKey();
  private final X509Certificate certificate;

  /**
   * The certificate of a server, and its key in the format PKCS #8.
   *
   * @param certificate a file in PEM format
   * @param key a file in PEM format
   * @param context for a server that shows this certificate
   */
  public record Identity(Path certificate, Path key, SSLContext context) {}

  /** Its files are deleted when the JVM ends. */
  public TestAuthority() {
    try {
      directory = Files.createTempDirectory("tallyman-authority-");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    directory.toFile().deleteOnExit();
    name = new X500Name("CN=Authority " + SERIAL.incrementAndGet());
    try {
      certificate =
          sign(
              builder(name, key.getPublic())
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)));
    } catch (CertIOException impossible) {
      throw new AssertionError(impossible);
    }
    write("ca.pem", "CERTIFICATE", encoded(certificate));
  }

  /** The folder of all files. Only its owner can open it. */
  public Path directory() {
    return directory;
  }

  /** The file with the certificate of the authority, in PEM format. */
  public Path certificate() {
    return directory.resolve("ca.pem");
  }

  /**
   * Issues a certificate for a new key.
   *
   * @param file the name of the two files, without their ends
   * @param hosts host names and IP addresses
   */
  public Identity issue(String file, String... hosts) {
    KeyPair pair = newKey();
    GeneralName[] names =
        Arrays.stream(hosts)
            .map(
                host ->
                    new GeneralName(
                        host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new);
    try {
      X509Certificate issued =
          sign(
              builder(new X500Name("CN=" + file), pair.getPublic())
                  .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names)));
      return new Identity(
          write(file + ".pem", "CERTIFICATE", encoded(issued)),
          write(file + "-key.pem", "PRIVATE KEY", pair.getPrivate().getEncoded()),
          showing(issued, pair.getPrivate()));
    } catch (CertIOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** For clients that trust this authority only. */
  public SSLContext trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", certificate);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return context(null, trust.getTrustManagers());
    } catch (GeneralSecurityException | IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static SSLContext showing(X509Certificate shown, PrivateKey key) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry("own", key, new char[0], new Certificate[] {shown});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, new char[0]);
      return context(keys.getKeyManagers(), null);
    } catch (GeneralSecurityException | IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  private X509v3CertificateBuilder builder(X500Name subject, PublicKey subjectKey) {
    return new JcaX509v3CertificateBuilder(
        name, BigInteger.valueOf(SERIAL.incrementAndGet()), SINCE, UNTIL, subject, subjectKey);
  }

  private X509Certificate sign(X509v3CertificateBuilder unsigned) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              unsigned.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private Path write(String name, String type, byte[] content) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Path file = directory.resolve(name);
    file.toFile().deleteOnExit();
    try {
      return Files.writeString(
          file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, base64));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] encoded(X509Certificate signed) {
    try {
      return signed.getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
