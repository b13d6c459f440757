package io.tallyman.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connections that the network policies allow. Peers have names: the name of a service, the
 * name of another namespace (kube-system is DNS), the name of the program at a port of an address,
 * and "client" for everybody.
 */
final class Arrows {
  private static final String NAMESPACE = "kubernetes.io/metadata.name";
  private static final int HTTP = 8080;

  /** What other namespaces connect to, or are connected to, if it is not the port of a service. */
  private static final Map<String, Integer> OTHER_PORTS = Map.of("DNS", 53, "monitoring", 8090);

  private static final Map<Set<Integer>, String> OUTSIDE =
      Map.of(Set.of(5432), "PostgreSQL", Set.of(5672), "broker");

  private final Manifests manifests;

  Arrows(Manifests manifests) {
    this.manifests = manifests;
  }

  /** The connections that egress rules allow. */
  Set<Arrow> outgoing() {
    return policies("Egress").flatMap(this::outgoing).collect(Collectors.toSet());
  }

  /** The connections that ingress rules allow. */
  Set<Arrow> incoming() {
    return policies("Ingress").flatMap(this::incoming).collect(Collectors.toSet());
  }

  private Stream<NetworkPolicy> policies(String type) {
    return manifests.all(NetworkPolicy.class).stream()
        .filter(policy -> policy.getSpec().getPolicyTypes().contains(type));
  }

  private Stream<Arrow> outgoing(NetworkPolicy policy) {
    return policy.getSpec().getEgress().stream()
        .flatMap(rule -> peers(rule.getTo(), ports(rule.getPorts()), "anywhere"))
        .flatMap(to -> subjects(policy).map(from -> new Arrow(from, to)));
  }

  private Stream<Arrow> incoming(NetworkPolicy policy) {
    return policy.getSpec().getIngress().stream()
        .flatMap(rule -> peers(rule.getFrom(), ports(rule.getPorts()), "client"))
        .flatMap(from -> subjects(policy).map(to -> new Arrow(from, to)));
  }

  private Stream<String> subjects(NetworkPolicy policy) {
    return manifests.selectedBy(policy.getSpec().getPodSelector()).stream();
  }

  private static Set<Integer> ports(List<NetworkPolicyPort> ports) {
    if (ports.isEmpty()) {
      throw new AssertionError("A rule without ports allows all of them");
    }
    return ports.stream().map(port -> port.getPort().getIntVal()).collect(Collectors.toSet());
  }

  private Stream<String> peers(List<NetworkPolicyPeer> peers, Set<Integer> ports, String anybody) {
    return peers.isEmpty()
        ? Stream.of(checked(anybody, ports, HTTP))
        : peers.stream().flatMap(peer -> names(peer, ports));
  }

  private Stream<String> names(NetworkPolicyPeer peer, Set<Integer> ports) {
    if (peer.getIpBlock() != null) {
      return Stream.of(OUTSIDE.getOrDefault(ports, "unknown ports " + ports));
    }
    LabelSelector namespace = peer.getNamespaceSelector();
    if (namespace == null) {
      return manifests.selectedBy(peer.getPodSelector()).stream()
          .map(name -> checked(name, ports, HTTP));
    }
    String name = Objects.requireNonNull(namespace.getMatchLabels().get(NAMESPACE));
    String program = name.equals("kube-system") ? "DNS" : name;
    return Stream.of(checked(program, ports, OTHER_PORTS.getOrDefault(program, HTTP)));
  }

  private static String checked(String peer, Set<Integer> ports, int expected) {
    if (!ports.equals(Set.of(expected))) {
      throw new AssertionError("For " + peer + " there is another port than its own: " + ports);
    }
    return peer;
  }
}
