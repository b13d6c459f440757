package io.tallyman.gateway.task;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.GatewayTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Parameters may be nested until the body has 100 levels. They come back unchanged. */
@Isolated("it demands that nothing is logged")
@MicronautTest
final class NestedParametersTest extends GatewayTest {
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final String SUBMITTED = "{\"task\":\"nested\",\"parameters\":%s}";

  @Inject Client client;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    ROOT.addAppender(log);
  }

  @AfterEach
  void nothingIsLogged() {
    ROOT.detachAppender(log);
    assertThat(log.list).isEmpty();
  }

  static IntStream depths() {
    return IntStream.rangeClosed(1, 130);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void objectsPassUpToTheLimit(int depth) {
    check(depth, "{\"a\":".repeat(depth - 1) + "1" + "}".repeat(depth - 1));
  }

  @ParameterizedTest
  @MethodSource("depths")
  void arraysPassUpToTheLimit(int depth) {
    check(depth, "[".repeat(depth - 1) + "1" + "]".repeat(depth - 1));
  }

  private void check(int depth, String parameters) {
    String task =
        sample("billing-service", "task").replace("{\"billing_date\": \"2022-03-31\"}", parameters);
    billing.answerJson("POST /tasks", 202, task);

    HttpResponse<String> answer = client.post("/api/v1/tasks", SUBMITTED.formatted(parameters));

    if (depth <= 100) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.body()).contains("\"parameters\":" + parameters + ",");
      assertThat(billing.received().getFirst().text()).contains("\"parameters\":" + parameters);
    } else {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("urn:tallyman:problem:malformed-body");
      assertThat(billing.received()).isEmpty();
    }
  }
}
