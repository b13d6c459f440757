package io.tallyman.testing;

import java.util.Map;

/**
 * The images that a stack is made of.
 *
 * @param prefix of the services' own: {@code tallyman} stands for {@code tallyman/gateway} and so
 *     on
 * @param version the tag of the services' own
 */
public record Images(String postgres, String rabbitmq, String prefix, String version) {

  /**
   * As compose names them: {@code POSTGRES_IMAGE}, {@code RABBITMQ_IMAGE}, {@code TALLYMAN_IMAGES}
   * and {@code TALLYMAN_VERSION}, with the same defaults.
   */
  public static Images ofEnvironment() {
    Map<String, String> environment = System.getenv();
    return new Images(
        environment.getOrDefault("POSTGRES_IMAGE", "postgres:18"),
        environment.getOrDefault("RABBITMQ_IMAGE", "rabbitmq:4-management"),
        environment.getOrDefault("TALLYMAN_IMAGES", "tallyman"),
        environment.getOrDefault("TALLYMAN_VERSION", "latest"));
  }

  /** These, with others of the services. */
  public Images withServices(String otherPrefix, String otherVersion) {
    return new Images(postgres, rabbitmq, otherPrefix, otherVersion);
  }

  /**
   * @param service {@code user-service}, {@code billing-service}, {@code gateway} or {@code worker}
   */
  public String of(String service) {
    return prefix + "/" + service + ":" + version;
  }
}
