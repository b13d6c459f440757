package io.tallyman.kit.credential;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of the settings {@code tallyman.secrets.…}: of each service that may call this one,
 * and of this service itself if it calls internal routes of others, so that its application.yml has
 * the setting. Without one of them the service does not start.
 */
@Context
final class Secrets {
  private static final int SHORTEST = 32;

  private final Map<String, byte[]> secrets = new HashMap<>();

  Secrets(
      Environment environment,
      @Value("${micronaut.application.name}") String name,
      @Nullable InternalCallers callers) {
    Set<String> owners = new HashSet<>(callers == null ? Set.of() : callers.routes().keySet());
    if (environment.containsProperty(setting(name))) {
      owners.add(name);
    }
    owners.forEach(owner -> add(owner, environment));
  }

  /** Null if there is no such owner, or if the owner has no secret. */
  byte @Nullable [] of(String owner) {
    return secrets.get(owner);
  }

  private static String setting(String owner) {
    return "tallyman.secrets." + owner;
  }

  private void add(String owner, Environment environment) {
    String setting = setting(owner);
    String secret = environment.getProperty(setting, String.class).orElse("");
    if (secret.isEmpty() && owner.equals(InternalCallers.MONITORING)) {
      return;
    }
    if (secret.length() < SHORTEST) {
      throw new ConfigurationException(
          setting + " must be a random secret of at least " + SHORTEST + " characters");
    }
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (secrets.values().stream().anyMatch(other -> Arrays.equals(other, bytes))) {
      throw new ConfigurationException(setting + " must differ from the other secrets");
    }
    secrets.put(owner, bytes);
  }
}
