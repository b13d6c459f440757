package io.tallyman.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The variables of a container, from all sources. A variable whose optional key is missing has an
 * empty value.
 */
final class Environment {
  private final Manifests manifests;

  Environment(Manifests manifests) {
    this.manifests = manifests;
  }

  /**
   * @throws AssertionError if a map, a secret or a key is referenced but missing
   */
  Map<String, String> of(Container container) {
    Map<String, String> variables = new HashMap<>();
    for (EnvFromSource source : container.getEnvFrom()) {
      variables.putAll(config(source.getConfigMapRef().getName()));
    }
    for (EnvVar variable : container.getEnv()) {
      variables.put(variable.getName(), secret(variable.getValueFrom().getSecretKeyRef()));
    }
    return variables;
  }

  private Map<String, String> config(String name) {
    return manifests.all(ConfigMap.class).stream()
        .filter(map -> map.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no ConfigMap " + name))
        .getData();
  }

  private String secret(SecretKeySelector key) {
    Optional<String> value =
        manifests.all(Secret.class).stream()
            .filter(secret -> secret.getMetadata().getName().equals(key.getName()))
            .map(secret -> secret.getStringData().get(key.getKey()))
            .filter(Objects::nonNull)
            .findFirst();
    if (value.isEmpty() && !Boolean.TRUE.equals(key.getOptional())) {
      throw new AssertionError("No secret has what " + key + " refers to");
    }
    return value.orElse("");
  }
}
