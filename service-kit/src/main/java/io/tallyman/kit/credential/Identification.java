package io.tallyman.kit.credential;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.client.ServiceHttpClientConfiguration;

/** Sends this service's credential with every call of an internal route of another service. */
@ClientFilter(ClientFilter.MATCH_ALL_PATTERN)
@Requires(beans = ServiceHttpClientConfiguration.class)
final class Identification {
  private final Credentials credentials;

  Identification(Credentials credentials) {
    this.credentials = credentials;
  }

  @RequestFilter
  void identify(MutableHttpRequest<?> call) {
    if (call.getPath().startsWith("/internal/")) {
      BasicHttpAttributes.getServiceId(call)
          .ifPresent(
              service ->
                  call.getHeaders()
                      .set(HttpHeaders.AUTHORIZATION, credentials.authorization(service)));
    }
  }
}
