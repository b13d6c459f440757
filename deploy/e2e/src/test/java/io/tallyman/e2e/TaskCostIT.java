package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.StatementLog.Counts;
import io.tallyman.standalone.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What the services do for one small sheet among many, in counts, which do not depend on the speed
 * of the machine. {@code ./tallyman bench} measures times.
 */
@OnBreakableStack
final class TaskCostIT {
  private static final int TASKS = 1_000;
  private static final int CLIENTS = 32;
  private static final int DAYS = 20;
  private static final int ROWS = 10;
  private static final String HEADER =
      "date_billed,account_name,account_number,reference,payable,currency,total_issues\r\n";
  private static final LocalDate FIRST = LocalDate.of(2071, 1, 1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration IDLE = Duration.ofSeconds(5);

  // The limits for each task. 1 statement and 0.3 transactions are wanted.
  private static final double MOST_CALLS = 2;
  private static final double MOST_STATEMENTS = 2;
  private static final double MOST_TRANSACTIONS = 1.5;

  private final Stack stack = RunningStack.BREAKABLE.embedded();
  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final Map<LocalDate, String> digests = new ConcurrentHashMap<>();

  @AutoClose
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * The counters at one moment.
   *
   * @param calls the requests that billing-service has answered
   * @param logged the length of the log of PostgreSQL
   */
  private record Counters(long nanos, double calls, long logged) {}

  @Test
  void aSmallSheetAmongManyNeedsFewCallsStatementsAndTransactions() throws Exception {
    gateway.awaitSuccess(gateway.importCsv(billings(), ""), PATIENCE);
    List<String> tasks;
    Counters idle;
    Counters before;
    Counters after;
    Counts background;
    Counts burst;
    try (StatementLog log = new StatementLog(stack)) {
      idle = counters(log);
      await().pollDelay(IDLE).until(() -> true);
      before = counters(log);
      tasks = each(this::submit);
      // The others have ended with these, or soon after.
      for (String last : tasks.subList(TASKS - CLIENTS, TASKS)) {
        await()
            .atMost(PATIENCE)
            .until(
                () -> gateway.longPoll(last, 30).body(),
                task -> task.get("status").asString().equals("SUCCESS"));
      }
      after = counters(log);
      background = log.between(idle.logged, before.logged);
      burst = log.between(before.logged, after.logged);
    }

    List<JsonNode> results =
        each(item -> gateway.awaitSuccessThroughOutages(tasks.get(item), PATIENCE));
    for (int item = 0; item < TASKS; item++) {
      JsonNode result = results.get(item);
      String digest = digest(gateway.sheet(result.get("sheet_id").asString()));
      assertThat(digest).isEqualTo(expectedDigest(item)).isEqualTo(result.get("sha256").asString());
    }
    double share = 1.0 * (after.nanos - before.nanos) / (before.nanos - idle.nanos);
    double calls = (after.calls - before.calls - share * (before.calls - idle.calls)) / TASKS;
    double statements = (burst.statements() - share * background.statements()) / TASKS;
    double transactions = (burst.transactions() - share * background.transactions()) / TASKS;
    System.out.printf(
        "Each of %,d small sheets needed %.2f calls between services, %.2f SQL statements and %.2f"
            + " transactions.%n",
        TASKS, calls, statements, transactions);
    assertThat(calls).as("calls between services").isBetween(0.05, MOST_CALLS);
    assertThat(statements).as("SQL statements").isBetween(0.1, MOST_STATEMENTS);
    assertThat(transactions).as("transactions").isBetween(0.01, MOST_TRANSACTIONS);
  }

  private Counters counters(StatementLog log) throws IOException, InterruptedException {
    return new Counters(System.nanoTime(), calls(), log.position());
  }

  private double calls() throws IOException, InterruptedException {
    URI metrics = stack.management("billing-service").resolve("/prometheus");
    return client
        .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** A busy machine may answer 503. */
  private String submit(int item) {
    Map<String, ?> sheet =
        Map.of("task", "billing.sheet", "parameters", Map.of("billing_date", day(item).toString()));
    return await("acceptance")
        .atMost(PATIENCE)
        .until(() -> gateway.post("/api/v1/tasks", sheet), answer -> answer.status() == 202)
        .body()
        .get("task_id")
        .asString();
  }

  private String expectedDigest(int item) {
    return digests.computeIfAbsent(day(item), day -> digest(HEADER + rows(day)));
  }

  private static String billings() {
    return IntStream.range(0, DAYS)
        .mapToObj(item -> rows(day(item)))
        .collect(Collectors.joining("", HEADER, ""));
  }

  private static String rows(LocalDate day) {
    return IntStream.range(0, ROWS)
        .mapToObj(
            row ->
                "%s,Cost %d,COST-%d,COST-%s-%d,%d.50,GBP,1\r\n"
                    .formatted(day, row, row, day, row, 1 + row))
        .collect(Collectors.joining());
  }

  private static LocalDate day(int item) {
    return FIRST.plusDays(item % DAYS);
  }

  /** The results of all items, in their order; some clients work at the same time. */
  private static <T> List<T> each(IntFunction<T> work) throws Exception {
    Semaphore clients = new Semaphore(CLIENTS, true);
    List<Future<T>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int item = 0; item < TASKS; item++) {
        int current = item;
        clients.acquire();
        futures.add(
            threads.submit(
                () -> {
                  try {
                    return work.apply(current);
                  } finally {
                    clients.release();
                  }
                }));
      }
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  private static String digest(String content) {
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
