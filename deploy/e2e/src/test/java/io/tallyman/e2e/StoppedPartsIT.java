package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each part is stopped during its work, as operators do. Accepted tasks are done, and running
 * requests are answered. The lease is longer than all timeouts of this test, so nothing here
 * depends on an expired lease.
 */
@OnContainers
final class StoppedPartsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Billings BILLINGS = new Billings(2031, 200_000);
  private static final Map<String, ?> YEAR =
      Map.of("from", BILLINGS.first().toString(), "to", BILLINGS.last().toString());
  private static final Map<String, ?> EMPTY_DAY = Map.of("billing_date", "1999-12-28");
  private static final String ROW = "%s,Stopped Ltd,1.00,GBP\n";
  private static final String HEADER = "date_billed,account_name,payable,currency\n";
  private static final Map<String, String> SETTINGS =
      Map.of("TALLYMAN_TASKS_LEASE", "10m", "TALLYMAN_TASKS_MAX_BACKOFF", "2s");
  private static final Executor APART = task -> Thread.ofVirtual().start(task);

  @AutoClose
  private static final TallymanStack STACK = OwnStack.start(Layout.ofWorkers(2), SETTINGS);

  private static final Gateway GATEWAY = new Gateway(STACK);
  private static final BillingDatabase DATABASE = new BillingDatabase(STACK);

  @BeforeAll
  static void importBillings(@TempDir Path directory) throws Exception {
    Path upload = directory.resolve("billings.csv.gz");
    BILLINGS.writeTo(upload);
    GATEWAY.awaitSuccess(GATEWAY.importGzip(upload, ""), PATIENCE);
  }

  /** Waits until the parts that an earlier test stopped are ready again. */
  @BeforeEach
  void awaitAll() {
    await("all parts")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> GATEWAY.get("/api/v1/workers").body().get("data").size() == 2);
  }

  @Test
  void sheetOfAStoppedWorkerIsWrittenByAnotherAtOnce() throws Exception {
    try (Connection hold = DATABASE.hold("billing IN ACCESS EXCLUSIVE MODE")) {
      String id = GATEWAY.submit("billing.sheet", YEAR);

      assertTakenOver(id, hold);

      assertThat(GATEWAY.awaitSuccess(id, PATIENCE).get("rows").asInt()).isEqualTo(BILLINGS.rows());
    }
  }

  @Test
  void importOfAStoppedWorkerIsReadByAnotherAtOnce() throws Exception {
    try (Connection hold = DATABASE.hold("staged_billing IN ACCESS EXCLUSIVE MODE")) {
      String id = importOneRow("2032-01-01");

      assertTakenOver(id, hold);

      assertThat(GATEWAY.awaitSuccess(id, PATIENCE).get("imported").asInt()).isEqualTo(1);
    }
  }

  @Test
  void importThatIsBeingAppliedWhenItsWorkerIsStoppedIsAppliedAllTheSame() throws Exception {
    try (Connection hold = DATABASE.hold("billing IN SHARE MODE")) {
      String id = importOneRow("2032-01-02");
      await("the import is applied").atMost(PATIENCE).until(DATABASE::isApplying);

      STACK.stopAndStart(DATABASE.workerOf(id));
      hold.rollback();

      assertThat(GATEWAY.awaitSuccess(id, PATIENCE).get("imported").asInt()).isEqualTo(1);
      assertThat(GATEWAY.events(id)).containsExactly("1 PENDING", "2 STARTED", "3 SUCCESS");
    }
  }

  @Test
  void whatBillingServiceAcceptedAndWasJustApplyingWhenItWasStoppedIsDone() throws Exception {
    List<String> accepted = new ArrayList<>();
    String imported;
    try (Connection hold = DATABASE.hold("billing IN SHARE MODE")) {
      imported = importOneRow("2032-01-03");
      await("the import is applied").atMost(PATIENCE).until(DATABASE::isApplying);
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(() -> STACK.stopAndStart("billing-service"), APART);
      while (!stopped.isDone()) {
        submit().forEach(accepted::add);
      }
      hold.rollback();
    }

    await("it is back").atMost(PATIENCE).until(() -> submit().peek(accepted::add).count() == 1);
    for (String id : accepted) {
      assertThat(GATEWAY.awaitSuccess(id, PATIENCE).get("rows").asInt()).isZero();
    }
    assertThat(GATEWAY.awaitSuccess(imported, PATIENCE).get("imported").asInt()).isEqualTo(1);
    assertThat(DATABASE.billingsOf(imported)).isEqualTo(1);
  }

  @Test
  void gatewayThatIsStoppedAnswersFirstWhoeverHasAsked(@TempDir Path directory) throws Exception {
    String task = GATEWAY.submit("billing.sheet", YEAR);
    String sheet = GATEWAY.awaitSuccess(task, PATIENCE).get("sheet_id").asString();
    Map<String, ?> later =
        Map.of("task", "billing.sheet", "parameters", EMPTY_DAY, "eta", Moment.later());
    String waiting = GATEWAY.post("/api/v1/tasks", later).body().get("task_id").asString();

    CompletableFuture<Gateway.Answer> polled = apart(() -> GATEWAY.longPoll(waiting, 30));
    try (SlowUpload slow = new SlowUpload(HEADER)) {
      CompletableFuture<Gateway.Answer> uploaded =
          apart(() -> GATEWAY.answer(slow.request(GATEWAY)));
      slow.awaitBeginning();
      try (InputStream download = GATEWAY.open(sheet)) {
        InputStream beginning = new ByteArrayInputStream(download.readNBytes(1000));
        CompletableFuture<Void> stopped =
            CompletableFuture.runAsync(() -> STACK.stopAndStart("gateway"), APART);

        assertThat(polled).succeedsWithin(SOON);
        slow.end(ROW.formatted("2032-01-04"));
        assertThat(uploaded).succeedsWithin(SOON);
        assertThat(stopped).isNotDone();
        Path file = directory.resolve("sheet.csv");
        Files.copy(new SequenceInputStream(beginning, download), file);
        assertThat(stopped).succeedsWithin(SOON);

        assertThat(polled.join().body().get("status").asString()).isEqualTo("PENDING");
        assertThat(DownloadedSheet.read(file).rows()).isEqualTo(BILLINGS.rows());
      }
      assertThat(uploaded.join().status()).isEqualTo(202);
      String imported = uploaded.join().body().get("task_id").asString();
      assertThat(GATEWAY.awaitSuccessThroughOutages(imported, PATIENCE).get("imported").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void assignmentsAreDoneThoughUserServiceIsStoppedMeanwhile() throws Exception {
    String manager = GATEWAY.post("/api/v1/users", NewUsers.next()).body().get("id").asString();
    String vendors = GATEWAY.get("/api/v1/vendors?limit=1").body().at("/data/0/id").asString();
    Map<String, ?> managed = Map.of("manager_id", Long.parseLong(manager));
    assertThat(GATEWAY.patch("/api/v1/vendors/" + vendors, managed).status()).isEqualTo(200);
    List<String> tasks = new ArrayList<>();
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(() -> STACK.stopAndStart("user-service"), APART);
    while (!stopped.isDone()) {
      String id = GATEWAY.submit("billing.assignments", YEAR);
      tasks.add(id);
      GATEWAY.longPoll(id, 1);
    }

    for (String id : tasks) {
      assertThat(GATEWAY.awaitSuccess(id, PATIENCE).get("rows").asInt()).isPositive();
    }
  }

  /** The worker is stopped while its work waits. Then the work continues. */
  private static void assertTakenOver(String id, Connection hold) throws Exception {
    await("the work has begun").atMost(PATIENCE).until(() -> DATABASE.waiting() > 0);
    String first = DATABASE.workerOf(id);
    long left = DATABASE.attemptsLeft(id);

    STACK.stopAndStart(first);

    await("another worker has it")
        .atMost(SOON)
        .until(() -> DATABASE.workerOf(id), worker -> !worker.equals(first));
    assertThat(DATABASE.attemptsLeft(id)).isEqualTo(left);
    hold.rollback();
    GATEWAY.awaitSuccess(id, PATIENCE);
    assertThat(GATEWAY.events(id))
        .containsExactly("1 PENDING", "2 STARTED", "3 PENDING released", "4 STARTED", "5 SUCCESS");
  }

  private static String importOneRow(String day) {
    return GATEWAY.importCsv(HEADER + ROW.formatted(day), "");
  }

  /** The id of a new task; empty if the client gets a correct 503. */
  private static Stream<String> submit() {
    Map<String, ?> sheet = Map.of("task", "billing.sheet", "parameters", EMPTY_DAY);
    Gateway.Answer answer = GATEWAY.post("/api/v1/tasks", sheet);
    if (answer.status() == 202) {
      return Stream.of(answer.body().get("task_id").asString());
    }
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotEmpty();
    return Stream.empty();
  }

  private static <T> CompletableFuture<T> apart(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, APART);
  }
}
