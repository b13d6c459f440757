package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The import of a bad file fails immediately, says why, and stores nothing. */
@OnSharedStack
final class BadImportsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final Traces traces = Traces.in(RunningStack.SHARED.get());

  static Stream<BadFile> files() {
    return BadFile.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void badFileFailsForGoodAndLeavesNothing(BadFile file) throws Exception {
    String id = gateway.importCsv(file.content().get(), "");

    JsonNode task = gateway.awaitFailure(id, PATIENCE);
    JsonNode error = task.get("error");
    assertThat(error.get("type").asString()).isEqualTo("urn:tallyman:problem:" + file.type());
    assertThat(error.get("detail").asString()).contains(file.named());
    assertThat(error.get("retryable").asBoolean()).isFalse();
    assertThat(task.get("attempt").asInt()).isEqualTo(1);
    assertThat(task.get("result").isNull()).isTrue();
    assertThat(task.at("/links/sheet").isNull()).isTrue();
    traces.awaitNone(id);
  }
}
