package io.tallyman.kit.tls;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.handler.ssl.SslContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Has the server answer HTTPS only, on the port on which it would answer HTTP. */
@Singleton
@Requires(beans = ServerCertificate.class)
final class ServerTls implements ServerSslBuilder {
  private final ServerSslConfiguration configuration;

  // Only the setter for the port is deprecated. The setting itself is not.
  @SuppressWarnings("deprecation")
  ServerTls(ServerSslConfiguration configuration, HttpServerConfiguration server) {
    this.configuration = configuration;
    configuration.setEnabled(true);
    configuration.setPort(server.getPort().orElse(HttpServerConfiguration.DEFAULT_PORT));
    configuration.setKeyName(ServerCertificate.NAME);
    configuration.getKey().setPassword(KeyAndCertificate.PASSWORD);
  }

  @Override
  public ServerSslConfiguration getSslConfiguration() {
    return configuration;
  }

  /** The framework builds the context itself, from the provider with the name of the key. */
  @Override
  public Optional<SslContext> build() {
    return Optional.empty();
  }
}
