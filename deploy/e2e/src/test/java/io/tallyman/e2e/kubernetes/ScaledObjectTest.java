package io.tallyman.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.tallyman.e2e.kubernetes.Kustomization.Generator;
import io.tallyman.e2e.kubernetes.Kustomization.Options;
import io.tallyman.e2e.kubernetes.ScaledObject.MetricsApi;
import io.tallyman.e2e.kubernetes.ScaledObject.Trigger;
import io.tallyman.e2e.kubernetes.TriggerAuthentication.SecretTarget;
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
  void triggerSendsTheSecretThatBillingServiceExpects() {
    SecretTarget secret =
        manifests.all(TriggerAuthentication.class).stream()
            .filter(
                authentication ->
                    authentication
                        .metadata()
                        .getName()
                        .equals(scaled.spec().triggers().getFirst().authenticationRef().name()))
            .findFirst()
            .orElseThrow()
            .spec()
            .secretTargetRef()
            .getFirst();

    assertThat(trigger().authMode()).isEqualTo("bearer");
    assertThat(secret.parameter()).isEqualTo("token");
    assertThat(manifests.deployments())
        .filteredOn(deployment -> deployment.getMetadata().getName().equals("billing-service"))
        .flatExtracting(deployment -> Manifests.container(deployment).getEnv())
        .extracting(variable -> variable.getValueFrom().getSecretKeyRef())
        .extracting(SecretKeySelector::getName, SecretKeySelector::getKey)
        .contains(tuple(secret.name(), secret.key()));
    assertThat(Kustomization.in(Example.OVERLAY).secretGenerator())
        .filteredOn(generator -> generator.name().equals(secret.name()))
        .extracting(Generator::options)
        .containsExactly(new Options(true));
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
