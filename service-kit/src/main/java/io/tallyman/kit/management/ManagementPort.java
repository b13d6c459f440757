package io.tallyman.kit.management;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the start if the management endpoints would be on the port of the service, where its
 * clients could use them. A port of -1 is a random one, on which the endpoints do not answer.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = ManagementPort.SETTING)
final class ManagementPort {
  static final String SETTING = "tallyman.management.port";
  private static final Logger LOG = LoggerFactory.getLogger(ManagementPort.class);

  ManagementPort(
      @Property(name = SETTING) int port,
      @Property(name = "micronaut.server.port") int servicePort) {
    if (port > 0 && port == servicePort) {
      throw new ConfigurationException(
          SETTING + " must be another port than micronaut.server.port, which is " + servicePort);
    }
    LOG.info("The management endpoints are on port {}", port);
  }
}
