package io.tallyman.billing.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submission of tasks by clients. */
final class TaskControllerTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'billing_date': '2022-03-31'}",
        "{'from': '2022-03-31', 'to': '2022-03-31', 'vendor_id': null, 'currency': 'GBP'}",
        "{'billing_date': '2022-03-31', 'from': null, 'to': null, 'currency': null}",
        "{'billing_date': '2022-03-31', 'format': {'profile': 'excel', 'delimiter': ';'}}",
        "{'billing_date': '2022-03-31', 'format': {'profile': 'raw', 'delimiter': ','}}",
        "{'billing_date': '2022-03-31', 'format': {'delimiter': '\\t'}}",
        "{'billing_date': '2022-03-31', 'format': {'decimal': ','}}",
        "{'billing_date': '2022-03-31', 'format': {'decimal': ',', 'delimiter': ';'}}",
        "{'billing_date': '2022-03-31', 'format': {'decimal': '.', 'delimiter': ','}}",
        "{'billing_date': '2022-03-31', 'format': {}}",
        "{'billing_date': '2022-03-31', 'format': null}"
      })
  void acceptedTaskWaitsAndIsFoundByItsLocation(String parameters) {
    Answer accepted = submit("billing.sheet", parameters);

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("status")).isEqualTo("PENDING");
    assertThat(accepted.text("attempt")).isEqualTo("0");
    assertThat(accepted.text("max_attempts")).isEqualTo("5");
    assertThat(accepted.text("priority")).isEqualTo("4");
    assertThat(accepted.text("queue_position")).isEqualTo("null");
    assertThat(accepted.text("progress")).isEqualTo("null");
    String found = SERVICE.get(accepted.header("Location")).body();
    assertThat(found).contains("\"queue_position\":0");
    assertThat(found.replace("\"queue_position\":0", "\"queue_position\":null"))
        .isEqualTo(accepted.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}|/parameters/billing_date",
        "{'from': '2022-03-31'}|/parameters/to",
        "{'to': '2022-03-31'}|/parameters/from",
        "{'from': '2022-04-01', 'to': '2022-03-31'}|/parameters/to",
        "{'billing_date': '2022-03-31', 'to': '2022-03-31'}|/parameters/billing_date",
        "{'billing_date': '2022-02-30'}|/parameters/billing_date",
        "{'billing_date': '2022-03-31', 'currency': 'gbp'}|/parameters/currency",
        "{'billing_date': '2022-03-31', 'vendor': 1}|/parameters/vendor",
        "{'billing_date': '2022-03-31', 'format': 'excel'}|/parameters/format",
        "{'billing_date': '2022-03-31', 'format': []}|/parameters/format",
        "{'billing_date': '2022-03-31', 'format': {'profile': 'Excel'}}|/parameters/format/profile",
        "{'billing_date': '2022-03-31', 'format': {'profile': ''}}|/parameters/format/profile",
        "{'billing_date': '2022-03-31', 'format': {'profile': 1}}|/parameters/format/profile",
        "{'billing_date': '2022-03-31', 'format': {'delimiter': ' '}}|/parameters/format/delimiter",
        "{'billing_date': '2022-03-31', 'format': {'delimiter': ''}}|/parameters/format/delimiter",
        "{'billing_date': '2022-03-31', 'format': {'delimiter':"
            + " ',,'}}|/parameters/format/delimiter",
        "{'billing_date': '2022-03-31', 'format': {'delimiter': ';\\n"
            + "'}}|/parameters/format/delimiter",
        "{'billing_date': '2022-03-31', 'format': {'encoding': 'x'}}|/parameters/format/encoding",
        "{'billing_date': '2022-03-31', 'format': {'decimal': ';'}}|/parameters/format/decimal",
        "{'billing_date': '2022-03-31', 'format': {'decimal': ',', 'delimiter':"
            + " ','}}|/parameters/format/delimiter",
        "{'billing_date': '2022-03-31', 'vendor_id': 4242}|/parameters/vendor_id",
        "[]|/parameters"
      })
  void parametersThatDoNotFitAreRefusedByTheirPointers(String parameters, String pointer) {
    Answer refused = submit("billing.sheet", parameters);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid-parameters");
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
    assertThat(SERVICE.count("task")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "billing.assignments|{'from': '2022-03-01', 'to': '2022-03-31', 'format': %s}",
        "billing.total_payables|{'year': 2022, 'format': %s}"
      })
  void everySheetHasAFormat(String task, String parameters) {
    Answer accepted = submit(task, parameters.formatted("{'profile': 'excel', 'decimal': ','}"));
    Answer refused = submit(task, parameters.formatted("{'decimal': ',', 'delimiter': ','}"));

    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    assertThat(refused.problem()).isEqualTo("invalid-parameters");
    assertThat(refused.body()).contains("\"pointer\":\"/parameters/format/delimiter\"");
  }

  static IntStream depths() {
    return IntStream.rangeClosed(2, 130);
  }

  @ParameterizedTest
  @MethodSource("depths")
  void nestedParametersAreRefusedAndNothingIsStored(int depth) {
    Answer refused = submit("billing.sheet", nested(depth - 1));

    assertThat(refused.status()).as(refused.body()).isEqualTo(depth > 100 ? 400 : 422);
    assertThat(refused.problem()).isEqualTo(depth > 100 ? "malformed-body" : "invalid-parameters");
    assertThat(SERVICE.count("task")).isZero();
  }

  /** No type takes parameters of that depth today. */
  @Test
  void deepestParametersThatARequestMayHaveAreStoredAndAnsweredAgain() throws IOException {
    JsonNode deepest = SERVICE.bean(JsonMapper.class).readValue(nested(99), JsonNode.class);
    String id = submit("billing.sheet", "{'billing_date': '2022-03-31'}").text("task_id");
    SERVICE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("UPDATE task SET parameters = :deepest")
                    .bind("deepest", deepest)
                    .execute());

    assertThat(SERVICE.get("/tasks/" + id).body()).contains("\"parameters\":" + nested(99));
    assertThat(SERVICE.get("/tasks").body()).contains("\"parameters\":" + nested(99));
  }

  @Test
  void unknownTypeIsRefusedAndTheKnownOnesAreNamed() {
    Answer refused = submit("billing.shet", "{}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("unknown-task");
    assertThat(refused.text("detail")).contains("billing.sheet");
  }

  @ParameterizedTest
  @CsvSource({
    "priority, 10",
    "priority, -1",
    "eta, '\"+10000-01-01T00:00:00Z\"'",
    "eta, '\"+1000000000-12-31T23:59:59Z\"'",
    "eta, '\"0000-12-31T23:59:59Z\"'",
    "eta, '\"-4714-01-01T00:00:00Z\"'",
    "eta, '\"-999999999-01-01T00:00:00Z\"'",
    "eta, '\"2026-01-05\"'"
  })
  void priorityOrEtaOutOfBoundsIsRefused(String name, String value) {
    Answer refused =
        SERVICE.post(
            "/tasks",
            """
            {"task": "billing.sheet", "parameters": {"billing_date": "2022-03-31"}, "%s": %s}
            """
                .formatted(name, value));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/" + name + "\"");
  }

  @Test
  void etaMayBeAYearFromNow() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant latest = now.plus(Duration.ofDays(365));

    Answer accepted = submitAt(latest);
    Answer refused = submitAt(now.plus(Duration.ofDays(367)));

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("eta")).isEqualTo(latest.toString());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body())
        .contains("\"pointer\":\"/eta\"", "must be at most 366 days from now");
  }

  @Test
  void taskThatIsNotDueYetHasNoPlaceInTheQueue() {
    Answer accepted = submitAt(Instant.now().plus(Duration.ofDays(30)));

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("status")).isEqualTo("PENDING");
    assertThat(accepted.text("queue_position")).isEqualTo("null");
  }

  private static Answer submitAt(Instant eta) {
    return SERVICE.post(
        "/tasks",
        """
        {"task": "billing.sheet", "parameters": {"billing_date": "2022-03-31"}, "eta": "%s"}
        """
            .formatted(eta));
  }

  private static Answer submit(String task, String parameters) {
    return SERVICE.post(
        "/tasks",
        """
        {"task": "%s", "parameters": %s}
        """
            .formatted(task, parameters.replace('\'', '"')));
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth) + 1 + "}".repeat(depth);
  }
}
