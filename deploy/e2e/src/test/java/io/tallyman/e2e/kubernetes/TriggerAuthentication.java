package io.tallyman.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/**
 * A TriggerAuthentication of KEDA, which is not in the model, with only the fields that this
 * repository uses.
 */
record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  record Spec(List<SecretTarget> secretTargetRef) {}

  /**
   * @param parameter the parameter of the trigger that gets the value
   */
  record SecretTarget(String parameter, String name, String key) {}
}
