package io.tallyman.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.tallyman.e2e.kubernetes.ScaledObject.MetricsApi;
import io.tallyman.e2e.kubernetes.ScaledObject.Trigger;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** KEDA reads the metrics of billing-service correctly. */
final class ScaledObjectTest {
  private static final Path LOAD = Example.HOME.resolve("billing-service/src/wire/load.json");

  private final Manifests manifests = Example.with("keda");
  private final ScaledObject scaled = manifests.all(ScaledObject.class).getFirst();

  @Test
  void oneTriggerAsksBillingServiceInItsNamespaceForAFigureThatItTells() {
    assertThat(scaled.spec().triggers()).extracting(Trigger::type).containsExactly("metrics-api");
    assertThat(trigger().url())
        .isEqualTo(
            "http://billing-service.%s.svc:8080/internal/load"
                .formatted(Kustomization.in(Example.OVERLAY).namespace()));
    assertThat(StrictYaml.documents(LOAD).getFirst().get(trigger().valueLocation()).isInt())
        .isTrue();
  }

  @Test
  void targetIsTheSlotsOfOneWorker() {
    assertThat(manifests.all(ConfigMap.class))
        .filteredOn(map -> map.getMetadata().getName().equals("worker"))
        .extracting(map -> map.getData().get("TALLYMAN_WORKER_SLOTS"))
        .containsExactly(trigger().targetValue());
  }

  private MetricsApi trigger() {
    return scaled.spec().triggers().getFirst().metadata();
  }
}
