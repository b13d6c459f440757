package io.tallyman.gateway.request;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.cors.CorsOriginConfiguration;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Has the framework answer the preflight requests of browsers for the allowed origins, and add the
 * CORS headers to other answers. No cookies are allowed, because the API has none.
 */
@Singleton
final class OtherOrigins
    implements BeanCreatedEventListener<HttpServerConfiguration.CorsConfiguration> {
  /** Headers of answers that scripts may read, besides those that every script may read. */
  private static final List<String> EXPOSED =
      List.of(
          HttpHeaders.CONTENT_DISPOSITION,
          HttpHeaders.CONTENT_RANGE,
          HttpHeaders.ETAG,
          HttpHeaders.LINK,
          HttpHeaders.LOCATION,
          HttpHeaders.RETRY_AFTER,
          RequestId.HEADER,
          "Idempotent-Replayed",
          "Preference-Applied",
          "RateLimit",
          "RateLimit-Policy",
          "Repr-Digest");

  private final CorsConfiguration settings;

  OtherOrigins(CorsConfiguration settings) {
    this.settings = settings;
  }

  @Override
  public HttpServerConfiguration.CorsConfiguration onCreated(
      BeanCreatedEvent<HttpServerConfiguration.CorsConfiguration> event) {
    HttpServerConfiguration.CorsConfiguration cors = event.getBean();
    // Without a configuration of its own, the framework would allow all origins.
    if (!settings.origins().isEmpty()) {
      CorsOriginConfiguration allowed = new CorsOriginConfiguration();
      allowed.setAllowedOrigins(settings.origins());
      allowed.setExposedHeaders(EXPOSED);
      allowed.setAllowCredentials(false);
      cors.setConfigurations(Map.of("allowed", allowed));
      cors.setEnabled(true);
    }
    return cors;
  }
}
