package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.TallymanStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.testcontainers.DockerClientFactory;

/** The stack in containers, as tests of other programs use it. */
@OnContainers
@Isolated("it counts what Docker has")
final class ContainerStackIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final DockerClient docker = DockerClientFactory.instance().client();

  @Test
  void clientOfAnotherTeamGetsItsSheetAndNothingIsLeftBehind() {
    List<String> before = resources();

    try (TallymanStack tallyman = ContainerStack.start(ServiceImages.IMAGES, 1, Map.of())) {
      Gateway gateway = new Gateway(tallyman);
      String task = gateway.submit("billing.sheet", Map.of("billing_date", "2026-01-05"));
      assertThat(gateway.awaitSuccess(task, PATIENCE).get("rows").asInt()).isZero();
      assertThat(resources()).hasSizeGreaterThan(before.size());
    }

    assertThat(resources()).containsExactlyInAnyOrderElementsOf(before);
  }

  /** The containers, networks and volumes that exist. */
  private List<String> resources() {
    return Stream.of(
            docker.listContainersCmd().withShowAll(true).exec().stream()
                .map(container -> container.getId()),
            docker.listNetworksCmd().exec().stream().map(network -> network.getId()),
            docker.listVolumesCmd().exec().getVolumes().stream().map(volume -> volume.getName()))
        .flatMap(names -> names)
        .toList();
  }
}
