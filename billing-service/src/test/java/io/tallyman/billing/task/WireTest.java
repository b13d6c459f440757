package io.tallyman.billing.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.sheet.Sheet;
import io.tallyman.billing.sheet.Total;
import io.tallyman.billing.task.AttemptController.Claim;
import io.tallyman.billing.task.AttemptController.Claimed;
import io.tallyman.billing.task.AttemptController.Heartbeat;
import io.tallyman.billing.task.AttemptController.HeartbeatAnswer;
import io.tallyman.billing.task.LiveWorkers.LiveWorker;
import io.tallyman.billing.task.LiveWorkers.RunningAttempt;
import io.tallyman.billing.vendor.Vendor;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.problem.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON that this service writes and reads equals the samples in src/wire. */
final class WireTest {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.778901Z");
  private static final Instant DONE = Instant.parse("2026-01-02T03:04:06.678901Z");
  private static final Instant EXPIRES = Instant.parse("2026-04-02T03:04:06.678901Z");
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");
  private static final UUID GROUP = UUID.fromString("0197a3c2-6e00-7000-8000-000000000003");
  private static final UUID SHEET = UUID.fromString("0197a3c2-7a00-7000-8000-000000000002");
  private static final String SHA256 =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final List<Total> TOTALS =
      List.of(new Total("GBP", new BigDecimal("13705200.99")));

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final JsonMapper json = SERVICE.bean(JsonMapper.class);

  @Test
  void writesTheTask() throws IOException {
    Task task = ended(null);
    assertWrites("task", task);
    assertThat(tree(json.writeValueAsString(new TaskBatchController.Found(List.of(task)))))
        .isEqualTo(tree("{\"data\": [" + sample("task") + "]}"));
  }

  @Test
  void writesTheGroup() throws IOException {
    Task waiting =
        new Task(
            UUID.fromString("0197a3c2-6f00-7000-8000-000000000004"),
            "billing.sheet",
            tree("{\"billing_date\": \"2022-04-01\"}"),
            TaskStatus.PENDING,
            null,
            0,
            5,
            4,
            null,
            12,
            null,
            null,
            null,
            GROUP,
            CREATED,
            null,
            CREATED,
            null,
            null);
    assertWrites("task-group", TaskGroup.of(GROUP, List.of(ended(GROUP), waiting)));
  }

  @Test
  void writesTheEventsOfATask() throws IOException {
    assertWrites(
        "task-events",
        new TaskEventController.Told(
            List.of(
                new TaskEvent(1, CREATED, TaskStatus.PENDING, 0, null, null),
                new TaskEvent(2, DONE, TaskStatus.RETRY, 1, "worker-1", "worker-lost"))));
  }

  @Test
  void writesHints() throws IOException {
    assertWrites("hint", new Hint(TASK, 3));
  }

  @Test
  void readsWhichTasksAreWanted() throws IOException {
    UUID other = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");
    assertReads(
        "task-batch-request",
        TaskBatchController.Wanted.class,
        new TaskBatchController.Wanted(List.of(TASK, other)));
  }

  @Test
  void writesWhatWasClaimed() throws IOException {
    assertWrites(
        "claimed",
        new Claimed(
            TASK,
            1,
            "billing.sheet",
            tree("{\"billing_date\": \"2022-03-31\"}"),
            15000,
            1000,
            "sheets/" + TASK + "-1.csv",
            null,
            "a-request"));
  }

  @Test
  void writesTheManifest() throws IOException {
    String columns =
        """
        [{"name": "date_billed", "type": "date"}, {"name": "payable", "type": "decimal"}]
        """;
    Sheet sheet =
        new Sheet(
            SHEET,
            TASK,
            "billing-2022-03-31.csv",
            tree(columns),
            742,
            json.writeValueToTree(TOTALS),
            51234,
            SHA256,
            CREATED,
            EXPIRES);
    assertWrites("sheet", sheet);
    assertWrites("sheets", new Page<>(List.of(sheet), "b3BhcXVl"));
  }

  @Test
  void writesTheVendor() throws IOException {
    assertWrites(
        "vendor", new Vendor(7, "Willow Park Housing Trust", "WPH-0042", "GBP", 3L, CREATED));
  }

  @Test
  void writesTheLiveWorkers() throws IOException {
    RunningAttempt attempt = new RunningAttempt(TASK, "billing.sheet", 1, STARTED);
    LiveWorker worker = new LiveWorker("worker-1", 4, 3, List.of(attempt), DONE);
    assertWrites("workers", new LiveWorkersController.Listed(List.of(worker)));
  }

  @Test
  void writesTheLoad() throws IOException {
    assertWrites("load", new Load(12, 4, 16, 8));
  }

  @Test
  void writesTheAnswerToAHeartbeat() throws IOException {
    assertWrites("heartbeat-answer", new HeartbeatAnswer(Verdict.CONTINUE));
  }

  @Test
  void writesProblems() throws IOException {
    assertWrites(
        "problem",
        new Problem(
            URI.create("urn:tallyman:problem:claim-refused"),
            "The task cannot be claimed",
            409,
            "The task has ended.",
            "/internal/tasks/" + TASK + "/attempts",
            "a-request",
            List.of()));
  }

  @Test
  void readsTheClaim() throws IOException {
    UUID claimId = UUID.fromString("7b0f6a0e-2f4e-4c55-9a43-5f4f8f6f2a10");
    assertReads("claim-request", Claim.class, new Claim(claimId, "worker-1", 1));
  }

  @Test
  void readsTheHeartbeat() throws IOException {
    assertReads(
        "heartbeat-request",
        Heartbeat.class,
        new Heartbeat(new Progress("writing", "rows", 412, 742L)));
  }

  @Test
  void readsTheReportOfAWorker() throws IOException {
    assertReads(
        "worker-report",
        WorkerRegistry.Report.class,
        new WorkerRegistry.Report(4, 3, List.of(new WorkerRegistry.Running(TASK, 1))));
  }

  @Test
  void readsAnUnreadableMessage() throws IOException {
    assertReads(
        "unreadable-message",
        UnreadableMessages.Unreadable.class,
        new UnreadableMessages.Unreadable(
            "worker-1", "id, task or dispatch_no is missing", "{task=billing.sheet}", "AP8="));
  }

  @Test
  void writesTheTaskTypes() throws IOException {
    assertWrites("task-types", read("task-types", TaskTypeController.TypeList.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"done", "done-import", "done-payables", "retry", "give-up", "released"})
  void readsOutcomesWithoutLosingAnything(String kind) throws IOException {
    assertWrites("outcome-" + kind, read("outcome-" + kind, Outcome.class));
  }

  private Task ended(@Nullable UUID group) throws IOException {
    SheetResult result =
        new SheetResult(SHEET, "billing-2022-03-31.csv", 742, TOTALS, 51234, SHA256);
    return new Task(
        TASK,
        "billing.sheet",
        tree("{\"billing_date\": \"2022-03-31\"}"),
        TaskStatus.SUCCESS,
        new Progress("writing", "rows", 742, 742L),
        1,
        5,
        4,
        null,
        null,
        json.writeValueToTree(result),
        null,
        null,
        group,
        CREATED,
        STARTED,
        DONE,
        DONE,
        EXPIRES);
  }

  private void assertWrites(String sample, Object written) throws IOException {
    assertThat(tree(json.writeValueAsString(written))).isEqualTo(tree(sample(sample)));
  }

  private <T> void assertReads(String sample, Class<T> type, T expected) throws IOException {
    assertThat(read(sample, type)).isEqualTo(expected);
  }

  /** Reads a sample to which a later version has added a field. */
  private <T> T read(String name, Class<T> type) throws IOException {
    String later = sample(name).replaceFirst("\\{", "{\"added_later\": {\"a\": [1]}, ");
    return Objects.requireNonNull(json.readValue(later, type));
  }

  private JsonNode tree(String text) throws IOException {
    return Objects.requireNonNull(json.readValue(text, JsonNode.class));
  }

  private static String sample(String name) throws IOException {
    return Files.readString(Path.of("src/wire", name + ".json"), StandardCharsets.UTF_8);
  }
}
