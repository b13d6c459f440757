package io.tallyman.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.tallyman.e2e.KnownSettings;
import io.tallyman.e2e.Setting;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The network policies allow the connections that the drawing in README.md shows, and no others.
 */
final class NetworkPolicyTest {
  private static final Arrow FROM_CLIENT = new Arrow("client", "gateway");

  private static final Set<Arrow> DRAWN =
      Set.of(
          FROM_CLIENT,
          new Arrow("gateway", "user-service"),
          new Arrow("gateway", "billing-service"),
          new Arrow("gateway", "worker"),
          new Arrow("gateway", "broker"),
          new Arrow("user-service", "PostgreSQL"),
          new Arrow("billing-service", "PostgreSQL"),
          new Arrow("billing-service", "user-service"),
          new Arrow("billing-service", "broker"),
          new Arrow("worker", "user-service"),
          new Arrow("worker", "billing-service"),
          new Arrow("worker", "broker"));

  /** A service that has the address of another one calls it. */
  private static final Map<String, String> CALLED =
      Map.of(
          "TALLYMAN_USER_SERVICE_URL", "user-service",
          "TALLYMAN_BILLING_SERVICE_URL", "billing-service",
          "TALLYMAN_WORKER_URL", "worker",
          "TALLYMAN_DATABASE_URL", "PostgreSQL",
          "TALLYMAN_BROKER_URI", "broker");

  private final Manifests manifests = Example.withoutComponents();

  @Test
  void everythingIsDeniedThatNoPolicyAllows() {
    assertThat(manifests.all(NetworkPolicy.class))
        .filteredOn(policy -> policy.getMetadata().getName().equals("default-deny"))
        .singleElement()
        .satisfies(
            policy -> {
              assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
              assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEmpty();
              assertThat(policy.getSpec().getPodSelector().getMatchExpressions()).isEmpty();
              assertThat(policy.getSpec().getIngress()).isEmpty();
              assertThat(policy.getSpec().getEgress()).isEmpty();
            });
  }

  @Test
  void arrowsAreThoseOfTheDrawingAndDns() {
    Set<Arrow> allowed = new HashSet<>(new Arrows(manifests).outgoing());
    allowed.addAll(new Arrows(manifests).incoming());

    assertThat(allowed).containsExactlyInAnyOrderElementsOf(with(DRAWN, dns()));
  }

  @Test
  void callsBetweenOurPodsAreAllowedAtBothEnds() {
    Set<Arrow> outgoing = new Arrows(manifests).outgoing();
    Set<Arrow> incoming = new Arrows(manifests).incoming();
    List<String> pods = KnownSettings.SERVICES;

    assertThat(incoming).contains(FROM_CLIENT);
    assertThat(outgoing)
        .filteredOn(arrow -> pods.contains(arrow.to()))
        .containsExactlyInAnyOrderElementsOf(
            incoming.stream().filter(arrow -> !arrow.equals(FROM_CLIENT)).toList());
  }

  @Test
  void drawingHasAnArrowForEveryAddressThatAServiceIsGiven() throws IOException {
    Set<Arrow> called =
        new KnownSettings(Example.HOME)
            .find().stream()
                .filter(setting -> CALLED.containsKey(setting.variable()))
                .map(NetworkPolicyTest::arrow)
                .collect(Collectors.toSet());

    assertThat(DRAWN).containsExactlyInAnyOrderElementsOf(with(called, Stream.of(FROM_CLIENT)));
  }

  @Test
  void kedaMayAskBillingServiceAndNobodyElse() {
    Set<Arrow> outgoing = new Arrows(Example.with("keda")).outgoing();
    Set<Arrow> incoming = new Arrows(Example.with("keda")).incoming();

    assertThat(outgoing).isEqualTo(new Arrows(manifests).outgoing());
    assertThat(incoming)
        .containsExactlyInAnyOrderElementsOf(
            with(
                new Arrows(manifests).incoming(), Stream.of(new Arrow("keda", "billing-service"))));
  }

  @Test
  void prometheusMayUseTheManagementPortOfBillingServiceAndNobodyElse() {
    assertThat(new Arrows(Example.with("prometheus")).incoming())
        .containsExactlyInAnyOrderElementsOf(
            with(
                new Arrows(manifests).incoming(),
                Stream.of(new Arrow("monitoring", "billing-service"))));
  }

  @Test
  void exampleSaysWherePostgresqlAndTheBrokerAre() {
    assertThat(manifests.all(NetworkPolicy.class))
        .flatExtracting(policy -> policy.getSpec().getEgress())
        .flatExtracting(rule -> rule.getTo())
        .filteredOn(peer -> peer.getIpBlock() != null)
        .extracting(peer -> peer.getIpBlock().getCidr())
        .containsExactlyInAnyOrder("10.20.0.11/32", "10.20.0.12/32");
  }

  private static Arrow arrow(Setting setting) {
    return new Arrow(
        setting.service(), CALLED.getOrDefault(setting.variable(), setting.variable()));
  }

  private static Stream<Arrow> dns() {
    return KnownSettings.SERVICES.stream().map(service -> new Arrow(service, "DNS"));
  }

  private static Set<Arrow> with(Set<Arrow> arrows, Stream<Arrow> more) {
    return Stream.concat(arrows.stream(), more).collect(Collectors.toSet());
  }
}
