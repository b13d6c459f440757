package io.tallyman.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.OnAnyStack;
import io.tallyman.e2e.OnContainers;
import io.tallyman.e2e.OwnStack;
import io.tallyman.e2e.chaos.Crowd.Served;
import io.tallyman.e2e.chaos.Crowd.Wish;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Clients request more than the stack can do at once, and the JVMs have a smaller heap than usual.
 * Every accepted task is done once. No process runs out of memory, and no lease is lost.
 *
 * <p>System properties set the load. To run the full load by hand, in the root of the repository:
 *
 * <pre>{@code
 * mvn -Dquick -Punder-fire -Dit.test=OverloadIT verify
 * }</pre>
 */
@OnAnyStack
@Tag(OnContainers.IN_THE_LONG_FORM)
final class OverloadIT {
  private static final int TASKS = Integer.getInteger("tallyman.overload.tasks", 1_000);
  private static final int SHEETS = Integer.getInteger("tallyman.overload.sheets", 20);
  private static final int CLIENTS = 1_000;
  private static final int WORKERS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final Bills SMALL = new Bills(2041, 20_000);
  private static final Bills LARGE = new Bills(2042, 100_000);

  /** Running transactions, whose rows come earlier than rows that are committed before them. */
  private static final int OVERTAKING = 20;

  /** This option overrides the other heap sizes. */
  private static final Map<String, String> SETTINGS = Map.of("_JAVA_OPTIONS", "-Xmx128m");

  @AutoClose
  private static final TallymanStack STACK = OwnStack.start(Layout.ofWorkers(WORKERS), SETTINGS);

  private final Gateway gateway = new Gateway(STACK);
  private final BillingTables tables = new BillingTables(STACK);
  private final Wear wear = new Wear(STACK);

  @Test
  void everyTaskOfACrowdIsDoneOnce() throws Exception {
    importAll(SMALL);
    Crowd crowd = new Crowd(gateway, CLIENTS);
    CompletableFuture<List<Integer>> places =
        CompletableFuture.supplyAsync(() -> places(crowd), Thread::startVirtualThread);

    List<Served> served = crowd.serve(wishes(TASKS));

    report(TASKS + " tasks", crowd, served);
    System.out.println("places of one in the queue: " + places.join());
    assertThat(served).hasSize(TASKS).allSatisfy(OverloadIT::assertKept);
    assertThat(ids(served)).hasSize(TASKS);
    assertFalling(places.join());
    assertHarmless(crowd);
  }

  @Test
  void everyLargeSheetOfACrowdIsTheSame() throws Exception {
    importAll(LARGE);
    Crowd crowd = new Crowd(gateway, CLIENTS);
    Map<String, String> year = Map.of("from", "2042-01-01", "to", "2042-12-31");
    Wish wish = new Wish("billing.sheet", year, LARGE.figures(_ -> true));

    List<Served> served = crowd.serve(IntStream.range(0, SHEETS).mapToObj(_ -> wish).toList());

    report(SHEETS + " sheets of " + LARGE.rows() + " rows", crowd, served);
    assertThat(served).hasSize(SHEETS).allSatisfy(OverloadIT::assertKept);
    assertThat(served.stream().map(each -> each.task().at("/result/sha256").asString()).distinct())
        .hasSize(1);
    String sheet = served.getLast().task().at("/result/sheet_id").asString();
    assertThat(Figures.counted(gateway.content(sheet, "GET").body(), "payable"))
        .isEqualTo(wish.promised());
    assertHarmless(crowd);
  }

  /** The client gets only the request id. The log has the reason. */
  @AfterEach
  void tellFaults() {
    wear.faults().forEach(System.out::println);
  }

  private void importAll(Bills bills) {
    gateway.awaitSuccess(gateway.importCsv(bills.csv(), ""), PATIENCE);
  }

  /** Sheets of a day, and in every tenth request the payables of the year. */
  private static List<Wish> wishes(int count) {
    int year = SMALL.year();
    Wish payables = new Wish("billing.total_payables", Map.of("year", year), SMALL.payables());
    List<Wish> days =
        IntStream.range(0, 100)
            .mapToObj(SMALL::day)
            .map(
                day ->
                    new Wish(
                        "billing.sheet",
                        Map.of("billing_date", day.toString()),
                        SMALL.figures(bill -> bill.date().equals(day))))
            .toList();
    return IntStream.range(0, count)
        .mapToObj(number -> number % 10 == 0 ? payables : days.get(number % days.size()))
        .toList();
  }

  /** The time that a task waits if it is submitted in the middle of the crowd. */
  private List<Integer> places(Crowd crowd) {
    await("half of the crowd").atMost(PATIENCE).until(() -> crowd.turnout().tasks() > TASKS / 2);
    List<Integer> places = new ArrayList<>();
    String body =
        "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"%s\"}}"
            .formatted(LocalDate.of(2040, 1, 1));
    JsonNode[] task = new JsonNode[1];
    await("place")
        .atMost(PATIENCE)
        .pollInSameThread()
        .until(
            () -> {
              Gateway.Answer answer =
                  gateway.answer(
                      gateway
                          .request("/api/v1/tasks")
                          .header("Content-Type", "application/json")
                          .POST(BodyPublishers.ofString(body)));
              task[0] = answer.body();
              return answer.status() == 202;
            });
    String path = "/api/v1/tasks/" + task[0].get("task_id").asString();
    await("its turn")
        .atMost(Duration.ofMinutes(30))
        .pollInterval(Duration.ofMillis(250))
        .pollInSameThread()
        .until(
            () -> {
              Gateway.Answer answer = gateway.get(path);
              JsonNode place = answer.body().path("queue_position");
              if (place.isNumber()) {
                places.add(place.asInt());
              }
              return answer.status() == 200 && place.isNull();
            });
    return places;
  }

  private static void assertFalling(List<Integer> places) {
    assertThat(places).isNotEmpty();
    assertThat(places.getFirst()).isPositive();
    assertThat(places.getLast()).isLessThan(places.getFirst());
    for (int index = 1; index < places.size(); index++) {
      assertThat(places.get(index)).isLessThanOrEqualTo(places.get(index - 1) + OVERTAKING);
    }
  }

  private static void assertKept(Served served) {
    JsonNode task = served.task();
    assertThat(task.get("status").asString()).as("%s", task).isEqualTo("SUCCESS");
    assertThat(Figures.told(task.get("result"))).isEqualTo(served.wish().promised());
  }

  private void assertHarmless(Crowd crowd) throws Exception {
    assertThat(tables.setbacks().keySet()).isSubsetOf(Set.of("streams-busy"));
    assertThat(tables.fenced()).isZero();
    assertThat(crowd.turnout().others().keySet()).noneMatch(other -> other.startsWith("lost"));
    wear.assertHarmless();
  }

  private void report(String what, Crowd crowd, List<Served> served) throws Exception {
    Map<String, Long> ends =
        served.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.task().get("status").asString(),
                    TreeMap::new,
                    Collectors.counting()));
    System.out.printf(
        "%s %s%n%s%nended %s; set back by %s; longest wait %s; megabytes %s%n",
        OwnStack.isInContainers() ? "containers:" : "embedded:",
        what,
        crowd.turnout().report(),
        ends,
        tables.setbacks(),
        tables.longestWait(),
        wear.memory());
  }

  private static Set<String> ids(List<Served> served) {
    return served.stream()
        .map(each -> each.task().get("task_id").asString())
        .collect(Collectors.toSet());
  }
}
