package io.tallyman.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;

/** KEDA's, which is not in the model: with no more fields than ours has. */
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  record Spec(
      Target scaleTargetRef,
      int pollingInterval,
      int minReplicaCount,
      int maxReplicaCount,
      Fallback fallback,
      Advanced advanced,
      List<Trigger> triggers) {}

  record Target(String name) {}

  record Fallback(int failureThreshold, int replicas) {}

  record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

  record Autoscaler(HorizontalPodAutoscalerBehavior behavior) {}

  record Trigger(String type, MetricsApi metadata) {}

  /** All of them are texts, numbers too. */
  record MetricsApi(String url, String valueLocation, String targetValue) {}
}
