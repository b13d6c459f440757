package io.tallyman.kit.tls;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.ssl.CertificateProvider;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.KeyStore;
import org.reactivestreams.Publisher;

/** The configured authorities, for the HTTP clients of the framework. */
@Singleton
@Named(ClientAuthorities.NAME)
@Requires(property = "tallyman.tls.ca", pattern = ".*\\S.*")
final class ClientAuthorities implements CertificateProvider {
  static final String NAME = "tallyman-authorities";

  private final KeyStore authorities;

  ClientAuthorities(TrustedAuthorities trusted) {
    authorities = trusted.configured().orElseThrow();
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public Publisher<KeyStore> getKeyStore() {
    return Publishers.just(authorities);
  }
}
