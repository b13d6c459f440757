package io.tallyman.kit.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StartTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost:5672", "amqp://localhost:5672"})
  void addressOfABrokerWithoutAPasswordIsNamed(String uri) {
    assertThat(reasonOfStartWith("tallyman.broker.uri", uri))
        .isEqualTo(
            "tallyman.broker.uri must be of the form"
                + " amqp://user:password@host:port/virtual-host");
  }

  @ParameterizedTest
  @CsvSource({
    "tallyman.broker.uri, amqp://a b",
    "tallyman.broker.uri, ''",
    "tallyman.idempotency.retention, a while"
  })
  void valueThatCannotBeReadIsNamed(String property, String value) {
    assertThat(reasonOfStartWith(property, value)).contains(property);
  }

  @ParameterizedTest
  @CsvSource({
    "connections, 0, must be greater than or equal to 1",
    "connections, 5000, must be less than or equal to 1000",
    "min-connections, -1, must be greater than or equal to 0",
    "url, postgres://localhost/users, must begin with jdbc:postgresql:",
    "password, '', must not be blank"
  })
  void valueOutOfBoundsIsNamedByItsProperty(String name, String value, String fault) {
    assertThat(reasonOfStartWith(database(name, value)))
        .isEqualTo("tallyman.database." + name + " " + fault);
  }

  @Test
  void valueThatIsNoNumberIsNamedByItsProperty() {
    assertThat(reasonOfStartWith(database("connections", "many")))
        .contains("[tallyman.database.connections]", "[many]");
  }

  @Test
  void managementPortThatIsThePortOfTheServiceIsNamed() {
    Map<String, Object> onePort =
        Map.of("micronaut.server.port", 8080, "tallyman.management.port", "8080");

    assertThat(reasonOfStartWith(onePort))
        .isEqualTo(
            "tallyman.management.port must be another port than micronaut.server.port, which is"
                + " 8080");
  }

  @Test
  void managementPortThatIsNoNumberIsNamed() {
    assertThat(reasonOfStartWith("tallyman.management.port", "many"))
        .contains("tallyman.management.port", "many");
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

  private static Map<String, Object> database(String name, String value) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("tallyman.database.url", "jdbc:postgresql://localhost/x");
    settings.put("tallyman.database.password", "secret");
    settings.put("tallyman.database.connections", 10);
    settings.put("tallyman.database.min-connections", 10);
    settings.put("tallyman.database." + name, value);
    return settings;
  }

  private static String reasonOfStartWith(String property, String value) {
    return reasonOfStartWith(Map.of(property, value, "micronaut.application.name", "a-service"));
  }

  private static String reasonOfStartWith(Map<String, Object> settings) {
    Throwable failure = Assertions.catchThrowable(() -> ApplicationContext.run(settings).close());
    return Start.reason(failure);
  }
}
