package io.tallyman.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectImageResponse;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

/**
 * Runs beside the tests on the embedded stack, so that the tests in containers find the layers of
 * their images in the cache of the engine.
 */
@EnabledIf(
    value = "io.tallyman.e2e.DockerCondition#isMet",
    disabledReason = "There is no Docker engine.")
@Order(2)
final class ServiceImagesIT {
  @Test
  void servicesRunAsAnUnprivilegedUser() {
    for (String service : List.of("user-service", "billing-service", "worker", "gateway")) {
      InspectImageResponse image =
          DockerClientFactory.instance()
              .client()
              .inspectImageCmd(ServiceImages.IMAGES.of(service))
              .exec();
      assertThat(requireNonNull(image.getConfig()).getUser()).as(service).isNotIn("", "root", "0");
    }
  }
}
