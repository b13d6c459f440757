package io.tallyman.kit.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the tests have a secret for each caller of {@link InsideController}. */
final class SecretsTest {
  private static final String LONG_ENOUGH = "a secret that has enough characters";

  @ParameterizedTest
  @CsvSource({"caller, ''", "other, ''", "caller, too short", "monitoring, too short"})
  void serviceDoesNotStartWithoutTheSecretsOfItsCallers(String caller, String secret) {
    assertThatThrownBy(() -> start(Map.of("tallyman.secrets." + caller, secret)))
        .hasStackTraceContaining(
            "tallyman.secrets.%s must be a random secret of at least 32 characters"
                .formatted(caller));
  }

  @Test
  void serviceThatHasTheSettingOfItsOwnSecretDoesNotStartWithoutIt() {
    assertThatThrownBy(() -> start(Map.of("tallyman.secrets.test", "")))
        .hasStackTraceContaining("tallyman.secrets.test must be");
    start(Map.of());
  }

  @Test
  void secretsDiffer() {
    assertThatThrownBy(
            () ->
                start(
                    Map.of(
                        "tallyman.secrets.caller", LONG_ENOUGH,
                        "tallyman.secrets.other", LONG_ENOUGH)))
        .hasStackTraceContaining("must differ from the other secrets")
        .satisfies(failure -> assertThat(failure).hasStackTraceContaining("tallyman.secrets."))
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain(LONG_ENOUGH));
  }

  @Test
  void monitoringMayHaveNone() {
    start(Map.of("tallyman.secrets.monitoring", ""));
  }

  private static void start(Map<String, Object> settings) {
    ApplicationContext.run(new HashMap<>(settings)).close();
  }
}
