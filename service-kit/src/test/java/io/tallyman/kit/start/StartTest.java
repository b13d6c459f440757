package io.tallyman.kit.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class StartTest {
  @Test
  void badValueIsNamed() {
    assertThat(reasonOfStartWith("tallyman.broker.uri", "localhost:5672"))
        .isEqualTo(
            "tallyman.broker.uri must be of the form"
                + " amqp://user:password@host:port/virtual-host");
  }

  @Test
  void valueThatCannotBeReadIsNamed() {
    assertThat(reasonOfStartWith("tallyman.broker.uri", "amqp://a b"))
        .contains("tallyman.broker.uri");
  }

  @Test
  void causesAreToldFromTheOutsideIn() {
    Exception refused = new IllegalStateException("Connection refused");
    Exception failure =
        new IllegalStateException(
            "Error instantiating bean of type [x]\n\nMessage: No database", refused);

    assertThat(Start.reason(failure)).isEqualTo("No database; Connection refused");
  }

  @Test
  void whatTheEnvironmentSetsIsToldByItsNames() {
    assertThat(
            Start.settings(
                Set.of("PATH", "TALLYMAN_DATABASE_PASSWORD", "LOG_LEVEL", "MICRONAUT_SERVER_PORT")))
        .isEqualTo("LOG_LEVEL, MICRONAUT_SERVER_PORT, TALLYMAN_DATABASE_PASSWORD");
    assertThat(Start.settings(Set.of("PATH"))).isEqualTo("nothing");
  }

  private static String reasonOfStartWith(String property, String value) {
    Throwable failure =
        Assertions.catchThrowable(
            () ->
                ApplicationContext.run(
                        Map.of(property, value, "micronaut.application.name", "a-service"))
                    .close());
    return Start.reason(failure);
  }
}
