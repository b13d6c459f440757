package io.tallyman.kit.tls;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.client.HttpClientConfiguration;
import jakarta.inject.Singleton;

/**
 * Has every HTTP client of the framework trust the configured authorities only. The framework
 * checks the name of the host too.
 */
@Singleton
@Requires(property = "tallyman.tls.ca", pattern = ".*\\S.*")
final class ClientTls implements BeanCreatedEventListener<HttpClientConfiguration> {
  @Override
  public HttpClientConfiguration onCreated(BeanCreatedEvent<HttpClientConfiguration> event) {
    HttpClientConfiguration client = event.getBean();
    client.getSslConfiguration().setTrustName(ClientAuthorities.NAME);
    return client;
  }
}
