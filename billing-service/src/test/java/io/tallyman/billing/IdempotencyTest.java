package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.kit.idempotency.IdempotencyKey;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers to a client that repeats a creating request because it lost the answer. */
final class IdempotencyTest {
  private static final String SHEET =
      """
      {"task": "billing.sheet", "parameters": {"billing_date": "2022-03-31"}, "priority": %d}
      """;

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final String key = UUID.randomUUID().toString();
  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void sameRequestHasTheSameAnswerAgain() {
    Answer first = submit(4);
    worker.cancel(UUID.fromString(first.text("task_id")));
    Answer again = submit(4);

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    assertThat(again.header(IdempotencyKey.REPLAYED)).isEqualTo("true");
    assertThat(first.header(IdempotencyKey.REPLAYED)).isEmpty();
    assertThat(SERVICE.count("task WHERE id = ?::uuid", first.text("task_id"))).isOne();
  }

  @Test
  void anotherRequestWithTheSameKeyIsRefused() {
    submit(4);

    Answer refused = submit(5);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("idempotency-key-reused");
  }

  @Test
  void requestThatWasRefusedIsTriedAnew() {
    assertThat(submit(10).status()).isEqualTo(422);

    assertThat(submit(4).status()).isEqualTo(202);
  }

  @Test
  void requestsAtTheSameTimeAreOne() throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> submit = () -> submit(4);
      List<Future<Answer>> answers =
          clients.invokeAll(Stream.generate(() -> submit).limit(30).toList());

      assertThat(answers.stream().map(Future::resultNow).map(Answer::status)).containsOnly(202);
      assertThat(
              answers.stream()
                  .map(answer -> answer.resultNow().text("task_id"))
                  .collect(Collectors.toSet()))
          .hasSize(1);
      assertThat(
              answers.stream()
                  .filter(answer -> answer.resultNow().header(IdempotencyKey.REPLAYED).isEmpty()))
          .hasSize(1);
    }
  }

  @Test
  void keyIsForgottenAfterADay() {
    Answer first = submit(4);
    SERVICE.execute("UPDATE kept_answer SET kept_at = now() - interval '25 h' WHERE key = ?", key);

    Answer later = submit(5);

    assertThat(later.status()).isEqualTo(202);
    assertThat(later.text("task_id")).isNotEqualTo(first.text("task_id"));
  }

  @Test
  void importIsKnownByItsBytesAndItsQuery() throws IOException {
    Answer first = upload("?currency=GBP", "date_billed\r\n");
    List<Path> uploads = SERVICE.uploads();

    Answer again = upload("?currency=GBP", "date_billed\r\n");

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header(IdempotencyKey.REPLAYED)).isEqualTo("true");
    assertThat(upload("?currency=EUR", "date_billed\r\n").problem())
        .isEqualTo("idempotency-key-reused");
    assertThat(upload("?currency=GBP", "date_billed\n").problem())
        .isEqualTo("idempotency-key-reused");
    assertThat(SERVICE.uploads()).isEqualTo(uploads);
  }

  @Test
  void retryAndUndoAreDoneOnceToo() {
    UUID task = worker.submit();
    worker.cancel(task);

    Answer first = keyed("/tasks/" + task + "/retry", "");
    Answer again = keyed("/tasks/" + task + "/retry", "");

    assertThat(first.status()).isEqualTo(202);
    assertThat(again.text("task_id")).isEqualTo(first.text("task_id"));
  }

  @Test
  void vendorAndBillingAreAddedOnce() {
    Answer vendor = keyed("/vendors", "{\"account_name\": \"Oak\", \"currency\": \"GBP\"}");
    String billing =
        """
        {"vendor_id": %s, "date_billed": "2022-03-31", "payable": "1.00"}
        """
            .formatted(vendor.text("id"));

    Answer first = keyed("/billings", billing);
    Answer again = keyed("/billings", billing);

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo("/billings/" + first.text("id"));
    assertThat(keyed("/vendors", "{\"account_name\": \"Oak\", \"currency\": \"GBP\"}").text("id"))
        .isEqualTo(vendor.text("id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space"})
  void keyThatIsNoneIsRefused(String bad) {
    Answer refused = send("/tasks", SHEET.formatted(4), bad);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.problem()).isEqualTo("bad-idempotency-key");
  }

  @Test
  void keyOfMoreThan255CharactersIsRefused() {
    assertThat(send("/tasks", SHEET.formatted(4), "k".repeat(256)).problem())
        .isEqualTo("bad-idempotency-key");
  }

  private Answer submit(int priority) {
    return keyed("/tasks", SHEET.formatted(priority));
  }

  private Answer keyed(String path, String json) {
    return send(path, json, key);
  }

  private static Answer send(String path, String json, String key) {
    return SERVICE.send(
        HttpRequest.newBuilder(SERVICE.uri(path))
            .header("Content-Type", "application/json")
            .header(IdempotencyKey.HEADER, key)
            .POST(BodyPublishers.ofString(json)));
  }

  private Answer upload(String query, String csv) {
    return SERVICE.send(
        HttpRequest.newBuilder(SERVICE.uri("/imports" + query))
            .header("Content-Type", "text/csv")
            .header(IdempotencyKey.HEADER, key)
            .POST(BodyPublishers.ofString(csv)));
  }
}
