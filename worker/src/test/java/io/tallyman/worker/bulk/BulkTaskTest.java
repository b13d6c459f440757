package io.tallyman.worker.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TransientFailure;
import io.tallyman.worker.task.Work;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bulk task with a stand-in for billing-service, which gives the prepared answers in order. */
final class BulkTaskTest {
  private static final Path SAMPLE = Path.of("../billing-service/src/wire/bulk-step.json");

  @TempDir private Path store;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private HttpServer server;
  private ApplicationContext context;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          Answer answer = requireNonNull(answers.poll());
          byte[] body = answer.body().getBytes(UTF_8);
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Type",
                  answer.status() == 200 ? "application/json" : "application/problem+json");
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    context = ApplicationContext.run(Map.of("tallyman.billing-service.url", url));
  }

  @AfterEach
  void stop() {
    context.close();
    server.stop(0);
  }

  @Test
  void stepFollowsStepUntilAllTasksAreDone() throws Exception {
    String sample = Files.readString(SAMPLE);
    answers.add(new Answer(200, sample));
    answers.add(new Answer(200, sample.replace("\"done\": 400", "\"done\": 1000")));
    Work work = TestWork.in(store);

    Done done = task().run(new BulkTask.Parameters(), work);

    String step =
        "POST /internal/tasks/%s/attempts/%d/bulk-steps".formatted(work.taskId(), work.attempt());
    assertThat(asked).containsExactly(step, step);
    assertThat(work.progress()).isEqualTo(new Progress("retrying", "tasks", 1_000, 1_000L));
    assertThat(requireNonNull(requireNonNull(done.result()).get("changed")).getIntValue())
        .isEqualTo(397);
  }

  @Test
  void limitOfUnfinishedTasksMayPass() {
    answers.add(
        new Answer(
            503,
            """
            {"type": "urn:tallyman:problem:tasks-full", "title": "The limit is reached",
             "status": 503, "detail": "Try again later.", "instance": "/", "request_id": "1",
             "errors": []}
            """));

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> task().run(new BulkTask.Parameters(), TestWork.in(store)))
        .withMessage("Try again later.");
  }

  @Test
  void billingServiceOfAnOlderReleaseMayAnswerLater() {
    answers.add(new Answer(404, ""));

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> task().run(new BulkTask.Parameters(), TestWork.in(store)))
        .withMessage("billing-service answered with 404.");
  }

  @Test
  void billingServiceThatDoesNotAnswerMayLater() {
    server.stop(0);

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> task().run(new BulkTask.Parameters(), TestWork.in(store)))
        .withMessage("billing-service did not answer.");
  }

  private BulkTask task() {
    return context.getBean(BulkTask.class, Qualifiers.byName("retry"));
  }
}
