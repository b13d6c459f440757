package io.tallyman.e2e.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The objects of a cluster, each parsed as the type of its kind in the Kubernetes model. */
record Manifests(List<Object> objects) {
  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("v1 Secret", Secret.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("keda.sh/v1alpha1 ScaledObject", ScaledObject.class),
          Map.entry("keda.sh/v1alpha1 TriggerAuthentication", TriggerAuthentication.class));

  static Manifests of(List<ObjectNode> documents) {
    return new Manifests(documents.stream().map(Manifests::bind).toList());
  }

  static Object bind(ObjectNode document) {
    String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    Class<?> type = TYPES.get(kind);
    if (type == null) {
      throw new AssertionError("Nobody knows the kind " + kind);
    }
    return StrictYaml.bind(document, type);
  }

  <T> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<Deployment> deployments() {
    return all(Deployment.class);
  }

  /** The names of the deployments whose pods are selected. */
  List<String> selectedBy(LabelSelector selector) {
    return deployments().stream()
        .filter(deployment -> matches(selector, podLabels(deployment)))
        .map(deployment -> deployment.getMetadata().getName())
        .toList();
  }

  static Map<String, String> podLabels(Deployment deployment) {
    return deployment.getSpec().getTemplate().getMetadata().getLabels();
  }

  /** Every pod of Tallyman has one. */
  static Container container(Deployment deployment) {
    List<Container> containers = deployment.getSpec().getTemplate().getSpec().getContainers();
    if (containers.size() != 1) {
      throw new AssertionError("More or less than one container: " + containers);
    }
    return containers.getFirst();
  }

  static boolean matches(LabelSelector selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
        && selector.getMatchExpressions().stream().allMatch(wanted -> matches(wanted, labels));
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    if (!Objects.equals(wanted.getOperator(), "In")) {
      throw new AssertionError("This operator is not understood here: " + wanted);
    }
    return wanted.getValues().contains(labels.get(wanted.getKey()));
  }
}
