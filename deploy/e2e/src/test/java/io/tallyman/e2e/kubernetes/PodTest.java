package io.tallyman.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that hold for the pods of every service. */
final class PodTest {
  private static final long USER = 10_001;
  private static final String LIVENESS = "/health/liveness";
  private static final String READINESS = "/health/readiness";

  static List<Deployment> deployments() {
    return Example.manifests().deployments();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void runsAsNobodyWhoMayDoAnything(Deployment deployment) {
    PodSecurityContext pod = pod(deployment).getSecurityContext();
    assertThat(pod.getRunAsNonRoot()).isTrue();
    assertThat(pod.getRunAsUser()).isEqualTo(USER);
    assertThat(pod.getRunAsGroup()).isEqualTo(USER);
    assertThat(pod.getFsGroup()).isEqualTo(USER);
    assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod(deployment).getAutomountServiceAccountToken()).isFalse();
    assertThat(pod(deployment).getInitContainers()).isEmpty();
    assertThat(pod(deployment).getHostNetwork()).isNull();
    assertThat(pod(deployment).getHostPID()).isNull();
    assertThat(pod(deployment).getHostIPC()).isNull();

    SecurityContext container = Manifests.container(deployment).getSecurityContext();
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getCapabilities().getAdd()).isEmpty();
    assertThat(container.getPrivileged()).isNull();
    assertThat(container.getRunAsUser()).isNull();
    assertThat(container.getRunAsNonRoot()).isNull();
  }

  @Test
  void userIsTheOneThatTheImageHas() throws IOException {
    assertThat(Files.readString(Example.HOME.resolve("deploy/Dockerfile")))
        .contains("\nUSER %d:%d\n".formatted(USER, USER));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void writesOnlyToVolumesOfItsOwn(Deployment deployment) {
    List<Volume> volumes = pod(deployment).getVolumes();
    assertThat(Manifests.container(deployment).getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactlyElementsOf(volumes.stream().map(Volume::getName).toList());
    assertThat(Manifests.container(deployment).getVolumeMounts().getFirst().getMountPath())
        .isEqualTo("/tmp");
    assertThat(volumes.getFirst().getEmptyDir().getSizeLimit()).isNotNull();
    assertThat(volumes)
        .allMatch(
            volume -> volume.getEmptyDir() != null || volume.getPersistentVolumeClaim() != null);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void isProbedWhereItListens(Deployment deployment) {
    Container container = Manifests.container(deployment);
    assertThat(container.getPorts())
        .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
        .containsExactly(tuple("http", 8080), tuple("management", 8090));
    assertProbes(container.getStartupProbe(), LIVENESS);
    assertProbes(container.getLivenessProbe(), LIVENESS);
    assertProbes(container.getReadinessProbe(), READINESS);
  }

  @Test
  void prometheusFindsTheMetricsOfBillingServiceAndOfNoOther() {
    assertThat(Example.with("prometheus").deployments())
        .allSatisfy(
            deployment ->
                assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
                    .isEqualTo(
                        deployment.getMetadata().getName().equals("billing-service")
                            ? Map.of(
                                "prometheus.io/scrape",
                                "true",
                                "prometheus.io/port",
                                "8090",
                                "prometheus.io/path",
                                "/prometheus")
                            : Map.of()));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void hasMemoryAndDiskThatNobodyElseHas(Deployment deployment) {
    Map<String, Quantity> limits = Manifests.container(deployment).getResources().getLimits();
    Map<String, Quantity> requests = Manifests.container(deployment).getResources().getRequests();
    assertThat(limits).containsOnlyKeys("memory", "cpu", "ephemeral-storage");
    assertThat(requests).containsOnlyKeys("memory", "cpu", "ephemeral-storage");
    for (String fixed : List.of("memory", "ephemeral-storage")) {
      assertThat(requests).containsEntry(fixed, limits.get(fixed));
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void isReplacedBeforeItGoesAndHasTimeToEnd(Deployment deployment) {
    DeploymentStrategy strategy = deployment.getSpec().getStrategy();
    assertThat(strategy.getType()).isEqualTo("RollingUpdate");
    assertThat(strategy.getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    assertThat(strategy.getRollingUpdate().getMaxSurge().getIntVal()).isOne();
    assertThat(pod(deployment).getTerminationGracePeriodSeconds()).isEqualTo(35);
    assertThat(pod(deployment).getTopologySpreadConstraints())
        .extracting(spread -> spread.getTopologyKey())
        .containsExactly("kubernetes.io/hostname");
  }

  private static PodSpec pod(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static void assertProbes(Probe probe, String path) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
  }
}
