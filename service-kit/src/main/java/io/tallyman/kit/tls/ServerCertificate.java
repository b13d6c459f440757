package io.tallyman.kit.tls;

import static io.tallyman.kit.tls.TlsConfiguration.setting;
import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Named;
import java.security.KeyStore;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * The certificate with which this service answers HTTPS. The files are read again every minute, so
 * a new certificate is used without a restart, also if a mounted folder is replaced as a whole, as
 * Kubernetes does. The framework's own provider watches the names of the files, and so would not
 * notice that.
 */
@Context
@Named(ServerCertificate.NAME)
@Requires(property = "tallyman.tls.certificate", pattern = ".*\\S.*")
final class ServerCertificate implements CertificateProvider {
  static final String NAME = "tallyman-server";
  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

  private final TlsConfiguration configuration;
  private final Sinks.Many<KeyStore> current = Sinks.many().replay().latest();
  private Files files;

  private record Files(PemFile certificate, PemFile key) {}

  ServerCertificate(TlsConfiguration configuration) {
    this.configuration = configuration;
    files = read();
    publish(files);
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public Publisher<KeyStore> getKeyStore() {
    return current.asFlux();
  }

  /** If the new files cannot be used, the certificate from before stays in use. */
  @Scheduled(initialDelay = "1m", fixedDelay = "1m")
  void reload() {
    try {
      Files read = read();
      if (!read.equals(files)) {
        files = read;
        publish(read);
        LOG.info("The certificate of this service has changed. New connections use the new one");
      }
    } catch (ConfigurationException wrong) {
      LOG.warn("The certificate from before stays in use. {}", wrong.getMessage());
    }
  }

  private Files read() {
    return new Files(
        PemFile.read(setting("certificate"), requireNonNull(configuration.certificate())),
        PemFile.read(setting("key"), requireNonNull(configuration.key())));
  }

  private void publish(Files from) {
    current.tryEmitNext(KeyAndCertificate.of(from.certificate(), from.key())).orThrow();
  }
}
