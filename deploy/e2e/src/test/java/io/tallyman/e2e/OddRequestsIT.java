package io.tallyman.e2e;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests for sheets and tasks as people really send them, with the answers that they expect. */
@OnSharedStack
final class OddRequestsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HEADER = "date_billed,account_name,payable,currency\n";
  private static final String SHEET =
      """
      {"task": "billing.sheet", "parameters": {"billing_date": "2171-01-01"}%s}
      """;

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @Test
  void namesOfColumnsMayHaveColonsAndCommas() {
    String query =
        Gateway.query(
            "currency",
            "GBP",
            "columns",
            "date_billed:Date,account_name:Supplier\\, full name,payable:Amount: GBP");
    String file = "Date,\"Supplier, full name\",\"Amount: GBP\"\n2177-08-11,Punct Ltd,1.00\n";

    JsonNode result = gateway.awaitSuccess(gateway.importCsv(file, query), PATIENCE);

    assertThat(result.get("imported").asLong()).isOne();
  }

  @Test
  void sheetHasBothEndsOfItsRangeTheLeapDayAndTheTurnOfTheYear() {
    imported(
        """
        2171-12-30,Edge Ltd,1.00,GBP
        2171-12-31,Edge Ltd,2.00,GBP
        2172-01-01,Edge Ltd,3.00,GBP
        2172-02-29,Edge Ltd,5.00,GBP
        2172-03-01,Edge Ltd,7.00,GBP
        """);

    assertThat(total("2171-12-31", "2172-01-01")).isEqualTo("5.00");
    assertThat(total("2172-01-01", "2172-02-29")).isEqualTo("8.00");
    assertThat(total("2172-02-29", "2172-02-29")).isEqualTo("5.00");
    assertThat(total("2171-12-30", "2172-03-01")).isEqualTo("18.00");
  }

  @Test
  void creditNotesAreSubtractedAndEachCurrencyHasItsTotalAsInThePayables() {
    imported(
        """
        2175-05-01,Credit Ltd,100.00,GBP
        2175-05-02,Credit Ltd,-30.50,GBP
        2175-05-03,Credit Ltd,-7,JPY
        2175-05-04,Credit Ltd,1.250,KWD
        """);

    JsonNode sheet = sheet("2175-01-01", "2175-12-31");
    JsonNode payables = gateway.get("/api/v1/payables?year=2175").body();

    assertThat(totals(sheet.get("totals")))
        .isEqualTo(Map.of("GBP", "69.50", "JPY", "-7", "KWD", "1.250"))
        .isEqualTo(totals(payables.get("totals")));
  }

  @Test
  void moreRowsThanUsualPagesHaveComeOutWhole() {
    imported(
        IntStream.range(0, 10_050)
            .mapToObj(row -> "2176-06-01,Many %d Ltd,1.00,GBP\n".formatted(row))
            .collect(Collectors.joining()));

    JsonNode sheet = sheet("2176-06-01", "2176-06-01");

    assertThat(sheet.get("rows").asLong()).isEqualTo(10_050);
    assertThat(gateway.sheet(sheet.get("sheet_id").asString()).lines()).hasSize(1 + 10_050);
  }

  @Test
  void etaWithAnOffsetIsThatInstantAndAnEtaInThePastIsNow() {
    Instant eta = Instant.parse(Moment.later());
    String elsewhere = ISO_OFFSET_DATE_TIME.format(eta.atOffset(ZoneOffset.ofHours(2)));
    Gateway.Answer later = post(SHEET.formatted(", \"eta\": \"" + elsewhere + "\""), "");
    assertThat(later.status()).isEqualTo(202);
    assertThat(later.body().get("eta").asString()).isEqualTo(eta.toString());
    cancel(later.body().get("task_id").asString());

    String past = Instant.EPOCH.toString().replace("Z", "-05:00");
    String task =
        post(SHEET.formatted(", \"eta\": \"" + past + "\""), "").body().get("task_id").asString();
    gateway.awaitSuccess(task, PATIENCE);
  }

  @Test
  void revokedTaskCanBeReadCancelledAgainAndRetriedAsANewOne() {
    String task =
        post(SHEET.formatted(", \"eta\": \"" + Moment.later() + "\""), "")
            .body()
            .get("task_id")
            .asString();
    cancel(task);
    cancel(task);

    String retry = gateway.postAccepted("/api/v1/tasks/" + task + "/retry");

    assertThat(retry).isNotEqualTo(task);
    gateway.awaitSuccess(retry, PATIENCE);
  }

  @Test
  void groupMayHaveTheSameTaskTwice() {
    Map<String, ?> sheet =
        Map.of("task", "billing.sheet", "parameters", Map.of("billing_date", "2171-01-01"));

    JsonNode group =
        gateway.post("/api/v1/task-groups", Map.of("tasks", List.of(sheet, sheet))).body();

    List<String> tasks =
        group.get("tasks").valueStream().map(task -> task.get("task_id").asString()).toList();
    assertThat(tasks).hasSize(2).doesNotHaveDuplicates();
    tasks.forEach(task -> gateway.awaitSuccess(task, PATIENCE));
  }

  @Test
  void keyIsOfTheContentOfTheRequestAndItsCaseMatters() {
    String key = "Key-" + UUID.randomUUID();
    String otherForm =
        "{\"parameters\":{\"billing_date\":\"2171-01-01\"},   \"task\":\"billing.sheet\"}";

    Gateway.Answer first = post(SHEET.formatted(""), key);
    Gateway.Answer again = post(otherForm, key);
    Gateway.Answer otherCase = post(SHEET.formatted(""), key.toLowerCase(Locale.ROOT));
    Gateway.Answer otherBody = post(SHEET.formatted(", \"priority\": 1"), key);

    assertThat(again.body().get("task_id")).isEqualTo(first.body().get("task_id"));
    assertThat(otherCase.body().get("task_id")).isNotEqualTo(first.body().get("task_id"));
    assertThat(otherBody.status()).isEqualTo(422);
    assertThat(otherBody.body().get("type").asString()).endsWith(":idempotency-key-reused");
  }

  private void imported(String rows) {
    JsonNode result = gateway.awaitSuccess(gateway.importCsv(HEADER + rows, ""), PATIENCE);
    assertThat(result.get("imported").asLong()).isEqualTo(rows.lines().count());
  }

  private JsonNode sheet(String from, String to) {
    String task = gateway.submit("billing.sheet", Map.of("from", from, "to", to));
    return gateway.awaitSuccess(task, PATIENCE);
  }

  private String total(String from, String to) {
    return totals(sheet(from, to).get("totals")).getOrDefault("GBP", "none");
  }

  private static Map<String, String> totals(JsonNode totals) {
    return totals
        .valueStream()
        .collect(
            Collectors.toMap(
                total -> total.get("currency").asString(),
                total -> total.get("payable").asString()));
  }

  private void cancel(String task) {
    gateway.postAccepted("/api/v1/tasks/" + task + "/cancel");
    assertThat(gateway.task(task).get("status").asString()).isEqualTo("REVOKED");
  }

  private Gateway.Answer post(String body, String key) {
    var request =
        gateway
            .request("/api/v1/tasks")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return gateway.answer(key.isEmpty() ? request : request.header("Idempotency-Key", key));
  }
}
