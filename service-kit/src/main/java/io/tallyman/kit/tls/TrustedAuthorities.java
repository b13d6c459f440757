package io.tallyman.kit.tls;

import static io.tallyman.kit.tls.TlsConfiguration.setting;

import io.micronaut.context.annotation.Context;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities whose certificates this service trusts when it opens a connection. The setting is
 * read once, when the service starts.
 */
@Context
public final class TrustedAuthorities {
  private final @Nullable KeyStore configured;

  TrustedAuthorities(TlsConfiguration configuration) {
    String ca = configuration.ca();
    configured = ca == null ? null : PemFile.read(setting("ca"), ca).authorities();
  }

  /** Empty if none are configured. */
  Optional<KeyStore> configured() {
    return Optional.ofNullable(configured);
  }

  /**
   * For connections to other parts of this installation: trusts the configured authorities only. If
   * none are configured, it trusts those of Java. It does not check the name of the host: the
   * client has to do that.
   */
  public SSLContext forInstallation() {
    return context(configured);
  }

  /**
   * For connections to servers of others, such as an OpenID provider: trusts those of Java and the
   * configured ones. It does not check the name of the host: the client has to do that.
   */
  public SSLContext forOthers() {
    return context(configured == null ? null : with(configured));
  }

  private static KeyStore with(KeyStore configured) {
    try {
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(null, null);
      for (String name : Collections.list(configured.aliases())) {
        all.setCertificateEntry(name, configured.getCertificate(name));
      }
      int number = 0;
      for (X509Certificate authority : ofJava()) {
        all.setCertificateEntry("of-java-" + number++, authority);
      }
      return all;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static X509Certificate[] ofJava() throws GeneralSecurityException {
    return Arrays.stream(factory(null).getTrustManagers())
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow()
        .getAcceptedIssuers();
  }

  /**
   * @param authorities those of Java, if it is null
   */
  private static SSLContext context(@Nullable KeyStore authorities) {
    try {
      if (authorities == null) {
        return SSLContext.getDefault();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory(authorities).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static TrustManagerFactory factory(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory;
  }
}
