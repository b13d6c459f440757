package io.tallyman.cli.gateway;

import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The authorities whose certificates the commands trust. The variable {@code TALLYMAN_TLS_CA} means
 * the same as for the services.
 */
final class TrustedAuthorities {
  private static final String VARIABLE = "TALLYMAN_TLS_CA";

  private TrustedAuthorities() {}

  /**
   * Trusts only the authorities in the file that the variable names. It does not check the name of
   * the host: the client has to do that. Empty without the variable.
   */
  static Optional<SSLContext> configured(Map<String, String> environment) {
    String file = environment.getOrDefault(VARIABLE, "");
    return file.isBlank() ? Optional.empty() : Optional.of(trusting(certificates(file)));
  }

  /** Ends the command if this is the reason: a certificate that is refused is refused again. */
  static void endIfRefused(URI gateway, IOException failure) {
    boolean refused = false;
    boolean unknown = false;
    String reason = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      refused |= cause instanceof CertificateException;
      unknown |= cause instanceof CertPathBuilderException;
      reason = String.valueOf(cause.getMessage());
    }
    if (unknown) {
      throw wrong(
          "The certificate of %s is from an authority that is not trusted. Set %s to a file with the certificate of this authority, in PEM format."
              .formatted(gateway, VARIABLE));
    }
    if (refused) {
      throw wrong(
          "The certificate of %s was refused (%s). It must be valid today, and for the host name in the address."
              .formatted(gateway, reason));
    }
  }

  private static Collection<? extends Certificate> certificates(String file) {
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(content);
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (IOException | InvalidPathException unreadable) {
      throw wrong("%s: the file %s cannot be read.".formatted(VARIABLE, file));
    } catch (CertificateException broken) {
      // The message below says it in words.
    }
    throw wrong("%s: the file %s must have certificates in PEM format.".formatted(VARIABLE, file));
  }

  private static SSLContext trusting(Collection<? extends Certificate> authorities) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (Certificate authority : authorities) {
        trusted.setCertificateEntry("authority-" + trusted.size(), authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static CommandFailure wrong(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }
}
