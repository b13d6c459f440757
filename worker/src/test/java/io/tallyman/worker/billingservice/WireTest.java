package io.tallyman.worker.billingservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.kit.problem.Problem;
import io.tallyman.worker.billingservice.BillingServiceClient.Answer;
import io.tallyman.worker.billingservice.BillingServiceClient.Beat;
import io.tallyman.worker.billingservice.BillingServiceClient.Report;
import io.tallyman.worker.billingservice.BillingServiceClient.Running;
import io.tallyman.worker.billingservice.BillingServiceClient.SetAside;
import io.tallyman.worker.dispatch.amqp.Message;
import io.tallyman.worker.dispatch.amqp.Message.Unreadable;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.Total;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.Outcome;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TaskError;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The JSON that the worker writes and reads equals billing-service's samples. */
final class WireTest {
  private static final Path SAMPLES = Path.of("../billing-service/src/wire");
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");

  private static final UUID OTHER = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");

  private static ApplicationContext context;
  private static JsonMapper json;

  @BeforeAll
  static void start() {
    context = ApplicationContext.run();
    json = context.getBean(JsonMapper.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void writesTheClaim() throws IOException {
    UUID claimId = UUID.fromString("7b0f6a0e-2f4e-4c55-9a43-5f4f8f6f2a10");
    assertWrites("claim-request", new Claim(claimId, "worker-1", 1));
  }

  @Test
  void readsWhatWasClaimed() throws IOException {
    JsonNode parameters =
        JsonNode.createObjectNode(Map.of("billing_date", JsonNode.createStringNode("2022-03-31")));
    assertThat(readLater("claimed", Claimed.class))
        .isEqualTo(
            new Claimed(
                TASK,
                1,
                "billing.sheet",
                parameters,
                1000,
                "sheets/2025-06-24/01/" + TASK + "-1.csv",
                4096,
                null,
                null,
                "a-request"));
  }

  @Test
  void writesTheHeartbeat() throws IOException {
    assertWrites("heartbeat-request", new Beat(new Progress("writing", "rows", 412, 742L)));
  }

  @Test
  void readsTheAnswerToAHeartbeat() throws IOException {
    assertThat(readLater("heartbeat-answer", Answer.class)).isEqualTo(new Answer(Verdict.CONTINUE));
  }

  @Test
  void writesThatASheetIsDone() throws IOException {
    WrittenSheet sheet =
        new WrittenSheet(
            "billing-2022-03-31.csv",
            List.of(
                new Column("date_billed", Column.Type.DATE),
                new Column("account_name", Column.Type.TEXT),
                new Column("account_number", Column.Type.TEXT),
                new Column("reference", Column.Type.TEXT),
                new Column("payable", Column.Type.DECIMAL),
                new Column("currency", Column.Type.CURRENCY),
                new Column("total_issues", Column.Type.INTEGER)),
            742,
            List.of(new Total("GBP", new BigDecimal("13705200.99"))),
            51234,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            null);
    assertWrites(
        "outcome-done",
        new Outcome.Done(sheet, null).at(new Progress("writing", "rows", 742, 742L)));
  }

  @Test
  void writesThatAnAttemptShallBeRepeated() throws IOException {
    TaskError fault =
        TaskError.of(
            "rows-interrupted",
            "The stream of rows was interrupted",
            "billing-service stopped sending after 412 of 742 rows");
    assertWrites("outcome-retry", new Outcome.Retry(fault, true));
  }

  @Test
  void writesThatATaskIsHopeless() throws IOException {
    TaskError fault =
        TaskError.of(
            "header-mismatch",
            "The header of the file does not match",
            "payable is missing; the header is: Payment Date, Sum");
    assertWrites(
        "outcome-give-up",
        new Outcome.GiveUp(fault, new Progress("reading", "bytes", 0, 1432091L)));
  }

  @Test
  void writesThatATaskIsGivenBack() throws IOException {
    assertWrites("outcome-released", new Outcome.Released());
  }

  @Test
  void writesManyClaims() throws IOException {
    assertWrites(
        "claims-request",
        new ClaimBatch(
            "worker-1",
            List.of(
                new ClaimBatch.Item(
                    TASK, UUID.fromString("7b0f6a0e-2f4e-4c55-9a43-5f4f8f6f2a10"), 1),
                new ClaimBatch.Item(
                    OTHER, UUID.fromString("7b0f6a0e-2f4e-4c55-9a43-5f4f8f6f2a11"), 2))));
  }

  @Test
  void readsTheAnswersToClaims() throws IOException {
    assertThat(readLater("claims-answer", ClaimBatch.Answers.class).answers())
        .satisfiesExactly(
            granted -> {
              assertThat(granted.status()).isEqualTo(200);
              assertThat(Objects.requireNonNull(granted.claimed()).taskId()).isEqualTo(TASK);
              assertThat(granted.claimed().input()).isNotNull();
            },
            refused -> {
              assertThat(refused.status()).isEqualTo(409);
              assertThat(refused.claimed()).isNull();
              assertThat(Objects.requireNonNull(refused.problem()).detail())
                  .isEqualTo("The task has ended.");
            });
  }

  @Test
  void writesManyOutcomes() throws IOException {
    WrittenSheet sheet =
        new WrittenSheet(
            "billing-2022-03-31.csv",
            List.of(
                new Column("date_billed", Column.Type.DATE),
                new Column("payable", Column.Type.DECIMAL)),
            1,
            List.of(new Total("GBP", new BigDecimal("1.00"))),
            38,
            "37249e5f64099163c37849f8981871f3e50822c0686b3f800a434ba5d1685471",
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            "ZGF0ZV9iaWxsZWQscGF5YWJsZQ0KMjAyMi0wMy0zMSwxLjAwDQo=");
    Outcome done = new Outcome.Done(sheet, null).at(new Progress("writing", "rows", 1, 1L));
    assertWrites(
        "outcomes-request",
        new OutcomeBatch(
            List.of(
                new OutcomeBatch.Item(TASK, 1, "a-request", done),
                new OutcomeBatch.Item(OTHER, 2, null, new Outcome.Released()))));
  }

  @Test
  void readsTheAnswersToOutcomes() throws IOException {
    assertThat(readLater("outcomes-answer", OutcomeBatch.Answers.class).answers())
        .extracting(OutcomeBatch.Answer::status)
        .containsExactly(200, 202, 409);
  }

  @Test
  void writesManyHeartbeats() throws IOException {
    assertWrites(
        "heartbeats-request",
        new HeartbeatBatch(
            List.of(
                new HeartbeatBatch.Item(TASK, 1, new Progress("writing", "rows", 412, 742L)),
                new HeartbeatBatch.Item(OTHER, 2, new Progress("reading", "bytes", 0, null)))));
  }

  @Test
  void readsTheAnswersToHeartbeats() throws IOException {
    assertThat(readLater("heartbeats-answer", HeartbeatBatch.Answers.class).verdicts())
        .containsExactly("CONTINUE", "REVOKED");
  }

  @Test
  void writesItsReport() throws IOException {
    assertWrites(
        "worker-report-several", new Report(4, 3, 32, 31, List.of(new Running(TASK, 1)), true));
  }

  @Test
  void writesAMessageThatItCannotRead() throws IOException {
    Unreadable message =
        (Unreadable) Message.read(Map.of("task", "billing.sheet"), new byte[] {0, -1});
    assertWrites(
        "unreadable-message",
        new SetAside("worker-1", message.reason(), message.headers(), message.body()));
  }

  @Test
  void readsTheHeadersOfAMessage() throws IOException {
    @SuppressWarnings("unchecked") // a JSON object
    Map<String, Object> headers = readLater("dispatch", Map.class);
    assertThat(Message.read(headers, new byte[0]))
        .isEqualTo(new Message.Offer(List.of(new Message.Dispatch(TASK, "billing.sheet", 1))));
  }

  @Test
  void readsTheHeadersOfAMessageWithSeveralTasks() throws IOException {
    @SuppressWarnings("unchecked") // a JSON object
    Map<String, Object> headers = readLater("dispatch-several", Map.class);
    assertThat(Message.read(headers, new byte[0]))
        .isEqualTo(
            new Message.Offer(
                List.of(
                    new Message.Dispatch(TASK, "billing.sheet", 1),
                    new Message.Dispatch(OTHER, "billing.total_payables", 2))));
  }

  @Test
  void readsAProblem() throws IOException {
    assertThat(readLater("problem", Problem.class).type())
        .hasToString("urn:tallyman:problem:claim-refused");
  }

  private static void assertWrites(String sample, Object value) throws IOException {
    String written = json.writeValueAsString(value);
    assertThat(json.readValue(written, JsonNode.class)).isEqualTo(read(sample, JsonNode.class));
  }

  /** Reads a sample to which a later version has added a field, or a header. */
  private static <T> T readLater(String sample, Class<T> type) throws IOException {
    String later = sample(sample).replaceFirst("\\{", "{\"added_later\": {\"a\": [1]}, ");
    return Objects.requireNonNull(json.readValue(later, type));
  }

  private static <T> T read(String sample, Class<T> type) throws IOException {
    String text = sample(sample);
    return Objects.requireNonNull(json.readValue(text, type));
  }

  private static String sample(String name) throws IOException {
    return Files.readString(SAMPLES.resolve(name + ".json"));
  }
}
