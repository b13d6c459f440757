package io.tallyman.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that all references between objects of the rendered example are valid. */
final class KubernetesTest {
  private static final String[] SERVICES = {"billing-service", "gateway", "user-service", "worker"};

  private final Manifests manifests = Example.manifests();

  @Test
  void everyServiceIsDeployedInTheNamespaceAndNothingIsThereTwice() {
    assertThat(manifests.deployments())
        .extracting(deployment -> deployment.getMetadata().getName())
        .containsExactlyInAnyOrder(SERVICES);
    assertThat(Rendering.of(Example.OVERLAY))
        .filteredOn(object -> !object.path("kind").asText().equals("Namespace"))
        .allSatisfy(
            object ->
                assertThat(object.at("/metadata/namespace").asText())
                    .isEqualTo(Kustomization.in(Example.OVERLAY).namespace()))
        .extracting(KubernetesTest::identity)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyImageHasAVersion() {
    assertThat(manifests.deployments())
        .allSatisfy(
            deployment ->
                assertThat(Manifests.container(deployment).getImage())
                    .matches(".+/tallyman/" + deployment.getMetadata().getName() + ":[0-9.]+"));
  }

  @Test
  void deploymentsSelectTheirOwnPodsAndSpreadThose() {
    assertThat(manifests.deployments())
        .allSatisfy(
            deployment -> {
              List<String> own = List.of(deployment.getMetadata().getName());
              assertThat(manifests.selectedBy(deployment.getSpec().getSelector())).isEqualTo(own);
              assertThat(
                      deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints())
                  .singleElement()
                  .satisfies(
                      spread ->
                          assertThat(manifests.selectedBy(spread.getLabelSelector()))
                              .isEqualTo(own));
            });
  }

  @Test
  void servicesLeadToAPortOfThePodsOfTheirName() {
    assertThat(manifests.all(Service.class))
        .extracting(service -> service.getMetadata().getName())
        .containsExactlyInAnyOrder(SERVICES);
    assertThat(manifests.all(Service.class))
        .allSatisfy(
            service -> {
              LabelSelector pods =
                  new LabelSelectorBuilder()
                      .withMatchLabels(service.getSpec().getSelector())
                      .build();
              assertThat(manifests.selectedBy(pods))
                  .containsExactly(service.getMetadata().getName());
              assertThat(service.getSpec().getPorts())
                  .singleElement()
                  .satisfies(
                      port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo("http"));
            });
  }

  @Test
  void everyServiceHasABudgetOfDisruptions() {
    assertThat(manifests.all(PodDisruptionBudget.class))
        .flatExtracting(budget -> manifests.selectedBy(budget.getSpec().getSelector()))
        .containsExactlyInAnyOrder(SERVICES);
  }

  @Test
  void everySelectorOfTheNetworkPoliciesHasPods() {
    assertThat(manifests.all(NetworkPolicy.class))
        .flatExtracting(KubernetesTest::selectors)
        .isNotEmpty()
        .allSatisfy(selector -> assertThat(manifests.selectedBy(selector)).isNotEmpty());
  }

  @Test
  void whoWritesToTheStoreClaimsTheVolumeThatManyCanWriteTo() {
    assertThat(manifests.all(PersistentVolumeClaim.class))
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.getMetadata().getName()).isEqualTo("sheet-store");
              assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
            });
    assertThat(manifests.deployments())
        .filteredOn(deployment -> claims(deployment).toList().equals(List.of("sheet-store")))
        .extracting(deployment -> deployment.getMetadata().getName())
        .containsExactlyInAnyOrder("billing-service", "worker");
    assertThat(manifests.deployments())
        .flatExtracting(deployment -> claims(deployment).toList())
        .containsOnly("sheet-store");
  }

  @Test
  void baseHasNoSecretOfItsOwn() {
    Manifests base = Manifests.of(Rendering.of(Example.KUBERNETES.resolve("base")));

    assertThat(base.all(Secret.class)).isEmpty();
  }

  @Test
  void autoscalerDecidesHowManyWorkersThereAre() {
    Manifests byLoad = Example.with("keda");
    Manifests byTime = Example.with("hpa");

    assertThat(byLoad.all(ScaledObject.class))
        .extracting(scaled -> scaled.spec().scaleTargetRef().name())
        .containsExactly("worker");
    assertThat(byTime.all(HorizontalPodAutoscaler.class))
        .extracting(scaler -> scaler.getSpec().getScaleTargetRef())
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.getApiVersion()).isEqualTo("apps/v1");
              assertThat(target.getKind()).isEqualTo("Deployment");
              assertThat(target.getName()).isEqualTo("worker");
            });
    assertThat(List.of(byLoad, byTime))
        .allSatisfy(
            scaled ->
                assertThat(scaled.deployments())
                    .filteredOn(KubernetesTest::hasReplicas)
                    .hasSize(3));
    assertThat(Example.withoutComponents().deployments())
        .filteredOn(KubernetesTest::hasReplicas)
        .hasSize(4);
  }

  private static boolean hasReplicas(Deployment deployment) {
    return Objects.equals(deployment.getSpec().getReplicas(), 2);
  }

  private static String identity(ObjectNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }

  private static Stream<String> claims(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
        .map(Volume::getPersistentVolumeClaim)
        .filter(Objects::nonNull)
        .map(source -> source.getClaimName());
  }

  /** The rules that select pods of this namespace. */
  private static List<LabelSelector> selectors(NetworkPolicy policy) {
    Stream<NetworkPolicyPeer> peers =
        Stream.concat(
            policy.getSpec().getIngress().stream().flatMap(rule -> rule.getFrom().stream()),
            policy.getSpec().getEgress().stream().flatMap(rule -> rule.getTo().stream()));
    return Stream.concat(
            Stream.of(policy.getSpec().getPodSelector()),
            peers
                .filter(peer -> peer.getNamespaceSelector() == null && peer.getIpBlock() == null)
                .map(NetworkPolicyPeer::getPodSelector))
        .toList();
  }
}
