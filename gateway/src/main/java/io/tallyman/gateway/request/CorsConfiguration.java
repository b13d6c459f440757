package io.tallyman.gateway.request;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param allowedOrigins the other origins whose web pages may call the API, such as {@code
 *     https://app.example}; none if it is absent
 */
@Context
@ConfigurationProperties("tallyman.cors")
record CorsConfiguration(
    @Nullable
        List<
            @Pattern(
                regexp = "https?://[a-z0-9.:\\[\\]-]+",
                message = "must be an origin such as https://app.example, without a path")
            String>
        allowedOrigins) {
  CorsConfiguration {
    // An empty variable means that no origin is allowed.
    allowedOrigins =
        allowedOrigins == null
            ? List.of()
            : allowedOrigins.stream().filter(origin -> !origin.isBlank()).toList();
  }

  boolean allows(String origin) {
    return origins().contains(origin);
  }

  List<String> origins() {
    return allowedOrigins == null ? List.of() : allowedOrigins;
  }
}
