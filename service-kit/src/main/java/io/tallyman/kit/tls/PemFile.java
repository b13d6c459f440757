package io.tallyman.kit.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import io.micronaut.context.exceptions.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A file in PEM format. Text around its parts is ignored, as other programs do.
 *
 * @param setting the setting that has the path of the file, for messages; no message contains a
 *     part of a key
 */
record PemFile(String setting, String path, String content) {
  private static final Pattern CERTIFICATE = part("(?:X509 |TRUSTED )?CERTIFICATE");
  private static final Pattern KEY = part("(?:[A-Z]+ )?PRIVATE KEY");

  /** PKCS#8 (RFC 5958) has another label; the older format has the header of RFC 1421. */
  private static final Pattern ENCRYPTED =
      Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED");

  private static Pattern part(String label) {
    return Pattern.compile(
        "-----BEGIN (?<label>%s)-----[^-]+-----END \\k<label>-----".formatted(label));
  }

  /**
   * @throws ConfigurationException if the file cannot be read
   */
  static PemFile read(String setting, String path) {
    try {
      return new PemFile(setting, path, Files.readString(Path.of(path), ISO_8859_1));
    } catch (IOException | InvalidPathException failure) {
      throw new ConfigurationException(
          "%s: the file %s cannot be read (%s)".formatted(setting, path, failure), failure);
    }
  }

  /** Its certificates, each of which can be the end of a chain that is trusted. */
  KeyStore authorities() {
    try {
      KeyStore authorities = KeyStore.getInstance("PKCS12");
      authorities.load(null, null);
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(parts(CERTIFICATE).getBytes(ISO_8859_1)))) {
        authorities.setCertificateEntry("authority-" + number++, authority);
      }
      return authorities;
    } catch (GeneralSecurityException | IOException failure) {
      throw unreadable("certificate", failure);
    }
  }

  /** Its certificates, one after the other. There is at least one. */
  String certificates() {
    return parts(CERTIFICATE);
  }

  /** Its only key. */
  String key() {
    if (ENCRYPTED.matcher(content).find()) {
      throw new ConfigurationException(
          "%s: the private key in the file %s is encrypted; store it without a password"
              .formatted(setting, path));
    }
    return parts(KEY);
  }

  private String parts(Pattern kind) {
    String parts =
        kind.matcher(content).results().map(MatchResult::group).collect(joining("\n", "", "\n"));
    if (parts.isBlank()) {
      throw new ConfigurationException(
          "%s: the file %s has no %s in PEM format"
              .formatted(setting, path, kind == KEY ? "private key" : "certificate"));
    }
    return parts;
  }

  /** Does not show the content, which may be a key. */
  @Override
  public String toString() {
    return "PemFile[" + path + "]";
  }

  ConfigurationException unreadable(String what, Exception failure) {
    return new ConfigurationException(
        "%s: the %s in the file %s cannot be used (%s)"
            .formatted(setting, what, path, failure.getMessage()),
        failure);
  }
}
