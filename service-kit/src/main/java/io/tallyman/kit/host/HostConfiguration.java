package io.tallyman.kit.host;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param hosts the host names under which clients call this service, such as {@code tally.example};
 *     none if it is absent
 */
@Context
@ConfigurationProperties("tallyman")
record HostConfiguration(
    @Nullable
        List<
            @Pattern(
                regexp = "[a-z0-9.-]+",
                message = "must be a host name in lower case such as tally.example, without a port")
            String>
        hosts) {
  HostConfiguration {
    // An empty variable means that there are no such names.
    hosts = hosts == null ? List.of() : hosts.stream().filter(host -> !host.isBlank()).toList();
  }

  boolean contains(String host) {
    return hosts != null && hosts.contains(host);
  }
}
