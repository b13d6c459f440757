package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.standalone.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The request id finds a request in the logs of all services, and the later work of a worker too.
 */
@OnSharedStack
final class RequestIdIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String REQUEST = "from-edge-to-worker.1";

  private final Stack stack = RunningStack.SHARED.embedded();
  private final Gateway gateway = RunningStack.SHARED.gateway();

  @Test
  void requestIsNamedInTheLogOfEveryServiceThatWorkedForIt() {
    String task = submit();
    gateway.awaitSuccess(task, PATIENCE);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(linesOf(task, "gateway")).isNotEmpty().allMatch(this::isTraced);
              assertThat(linesOf(task, "billing-service"))
                  .filteredOn(this::isTraced)
                  .anyMatch(line -> line.contains(" is SUCCESS"));
              assertThat(linesOf(task, "worker-1", "worker-2"))
                  .allMatch(this::isTraced)
                  .anyMatch(line -> line.contains("wrote 0 rows"));
            });
  }

  private String submit() {
    String json =
        "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"1999-12-29\"}}";
    HttpRequest.Builder request =
        gateway
            .request("/api/v1/tasks")
            .header("Content-Type", "application/json")
            .header("X-Request-Id", REQUEST)
            .POST(BodyPublishers.ofString(json));
    HttpResponse<String> answer = gateway.exchange(request);
    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue(REQUEST);
    return JsonMapper.shared().readTree(answer.body()).get("task_id").asString();
  }

  private boolean isTraced(String line) {
    return line.contains('[' + REQUEST + ']');
  }

  private List<String> linesOf(String task, String... services) {
    return Stream.of(services)
        .map(name -> stack.directory().resolve("logs").resolve(name + ".log"))
        .flatMap(RequestIdIT::lines)
        .filter(line -> line.contains(task))
        .toList();
  }

  private static Stream<String> lines(Path log) {
    try {
      return Files.readAllLines(log).stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
