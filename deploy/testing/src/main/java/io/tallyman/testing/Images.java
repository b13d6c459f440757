package io.tallyman.testing;

import java.util.Map;

/**
 * The images of a stack.
 *
 * @param prefix the prefix of the services' images: {@code tallyman} means {@code tallyman/gateway}
 *     and so on
 * @param version the tag of the services' images
 */
public record Images(String postgres, String rabbitmq, String prefix, String version) {

  /**
   * The images that the variables of compose name: {@code POSTGRES_IMAGE}, {@code RABBITMQ_IMAGE},
   * {@code TALLYMAN_IMAGES} and {@code TALLYMAN_VERSION}, with the same defaults.
   */
  public static Images ofEnvironment() {
    Map<String, String> environment = System.getenv();
    return new Images(
        environment.getOrDefault("POSTGRES_IMAGE", "postgres:18"),
        environment.getOrDefault("RABBITMQ_IMAGE", "rabbitmq:4-management"),
        environment.getOrDefault("TALLYMAN_IMAGES", "tallyman"),
        environment.getOrDefault("TALLYMAN_VERSION", "latest"));
  }

  /** The same images of PostgreSQL and RabbitMQ, with other images of the services. */
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
