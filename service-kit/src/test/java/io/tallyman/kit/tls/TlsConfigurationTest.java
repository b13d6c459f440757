package io.tallyman.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micronaut.context.ApplicationContext;
import io.tallyman.testkit.TestAuthority;
import io.tallyman.testkit.TestAuthority.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be used stop the start. The message names the setting, and shows no key. */
final class TlsConfigurationTest {
  private static final String CERTIFICATE = "tallyman.tls.certificate";
  private static final String KEY = "tallyman.tls.key";
  private static final String CA = "tallyman.tls.ca";
  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final Identity IDENTITY = AUTHORITY.issue("one", "localhost");

  @TempDir Path directory;

  @Test
  void certificateWithoutKeyIsRejected() {
    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.certificate())))
        .contains(KEY + " must be set too, because " + CERTIFICATE + " is set");
  }

  @Test
  void keyWithoutCertificateIsRejected() {
    assertThat(failure(Map.of(KEY, IDENTITY.key())))
        .contains(CERTIFICATE + " must be set too, because " + KEY + " is set");
  }

  @Test
  void missingFileIsNamed() {
    Path missing = directory.resolve("missing.pem");

    assertThat(failure(Map.of(CERTIFICATE, missing, KEY, IDENTITY.key())))
        .contains(CERTIFICATE + ": the file " + missing + " cannot be read");
    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.certificate(), KEY, missing)))
        .contains(KEY + ": the file " + missing + " cannot be read");
    assertThat(failure(Map.of(CA, missing)))
        .contains(CA + ": the file " + missing + " cannot be read");
  }

  @Test
  void fileWithoutWhatItShouldHaveIsNamed() throws IOException {
    Path text = Files.writeString(directory.resolve("text.pem"), "no PEM");

    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.key(), KEY, IDENTITY.key())))
        .contains(CERTIFICATE + ": the file " + IDENTITY.key() + " has no certificate in PEM");
    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.certificate(), KEY, IDENTITY.certificate())))
        .contains(KEY + ": the file " + IDENTITY.certificate() + " has no private key in PEM");
    assertThat(failure(Map.of(CA, text)))
        .contains(CA + ": the file " + text + " has no certificate in PEM");
  }

  @Test
  void brokenFileIsNamed() throws IOException {
    Path broken =
        Files.writeString(
            directory.resolve("broken.pem"),
            """
            -----BEGIN CERTIFICATE-----
            bm8gY2VydGlmaWNhdGU=
            -----END CERTIFICATE-----
            -----BEGIN PRIVATE KEY-----
            bm8ga2V5
            -----END PRIVATE KEY-----
            """);

    assertThat(failure(Map.of(CERTIFICATE, broken, KEY, IDENTITY.key())))
        .contains(CERTIFICATE + ": the certificate in the file " + broken + " cannot be used");
    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.certificate(), KEY, broken)))
        .contains(KEY + ": the private key in the file " + broken + " cannot be used")
        .doesNotContain("bm8ga2V5");
    assertThat(failure(Map.of(CA, broken)))
        .contains(CA + ": the certificate in the file " + broken + " cannot be used");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        bm8ga2V5
        -----END ENCRYPTED PRIVATE KEY-----
        """,
        """
        -----BEGIN EC PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF

        bm8ga2V5
        -----END EC PRIVATE KEY-----
        """
      })
  void encryptedKeyIsRejected(String key) throws IOException {
    Path encrypted = Files.writeString(directory.resolve("encrypted.pem"), key);

    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.certificate(), KEY, encrypted)))
        .contains(KEY + ": the private key in the file " + encrypted + " is encrypted");
  }

  @Test
  void keyOfAnotherCertificateIsRejected() throws Exception {
    Path other = AUTHORITY.issue("other", "localhost").key();
    Path otherKind = pkcs1("otherKind.pem");

    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.certificate(), KEY, other)))
        .contains(KEY + ": the private key in the file " + other + " does not belong to");
    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.certificate(), KEY, otherKind)))
        .contains(KEY + ": the private key in the file " + otherKind + " does not belong to");
  }

  @Test
  void contentInPlaceOfAPathIsRejectedAndNotShown() throws IOException {
    String content = Files.readString(IDENTITY.key());

    assertThat(failure(Map.of(CERTIFICATE, IDENTITY.certificate(), KEY, content)))
        .contains(KEY + " must be the path of a PEM file, not its content")
        .doesNotContain(content.lines().toList().get(1));
  }

  @Test
  void emptySettingsAreTheSameAsNone() {
    try (ApplicationContext context =
        ApplicationContext.run(Map.of(CERTIFICATE, "", KEY, "", CA, " "))) {
      assertThat(context.containsBean(ServerTls.class)).isFalse();
      assertThat(context.getBean(TrustedAuthorities.class).configured()).isEmpty();
    }
  }

  /** A bundle of a Linux distribution has the name of each authority before its certificate. */
  @Test
  void textAroundTheCertificatesIsIgnored() throws Exception {
    String one = Files.readString(AUTHORITY.certificate());
    String two = Files.readString(new TestAuthority().certificate());
    Path bundle =
        Files.writeString(
            directory.resolve("bundle.pem"), "# Erst\n%s\n# Zweit\n%s".formatted(one, two));

    assertThat(
            new TrustedAuthorities(new TlsConfiguration(null, null, bundle.toString()))
                .configured()
                .orElseThrow()
                .size())
        .isEqualTo(2);
  }

  /** An RSA key in the older format, in which {@code openssl genrsa} wrote keys. */
  private Path pkcs1(String name) throws IOException, NoSuchAlgorithmException {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    // The key itself follows 26 bytes of wrapping.
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN RSA PRIVATE KEY-----\n" + base64 + "\n-----END RSA PRIVATE KEY-----\n");
  }

  private static String failure(Map<String, Object> settings) {
    StringBuilder messages = new StringBuilder();
    for (Throwable cause = catchThrowable(() -> ApplicationContext.run(settings).close());
        cause != null;
        cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
    }
    return messages.toString();
  }
}
