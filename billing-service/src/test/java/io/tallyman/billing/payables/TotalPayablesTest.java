package io.tallyman.billing.payables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotalPayablesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void resultIsThatOfASheetAndTheMonths() throws IOException {
    UUID task = submit("{\"year\": 2021}");
    worker.claim(task);

    Answer answer =
        done(task, "[{\"currency\": \"GBP\", \"month\": \"2021-01\", \"payable\": \"1.00\"}]");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Answer ended = worker.task(task);
    assertThat(ended.text("status")).isEqualTo("SUCCESS");
    assertThat(ended.text("result", "rows")).isEqualTo("1");
    assertThat(ended.text("result", "sheet_id")).isNotEqualTo("null");
    assertThat(ended.body())
        .contains("\"totals\":[{\"payable\":\"1.00\",\"currency\":\"GBP\"}]")
        .contains("\"months\":[{\"month\":\"2021-01\",\"payable\":\"1.00\",\"currency\":\"GBP\"}]");
  }

  @Test
  void taskIsNotDoneWithoutTheMonths() throws IOException {
    UUID task = submit("{\"year\": 2021}");
    worker.claim(task);

    assertThat(worker.done(task, 1).problem()).isEqualTo("incomplete-outcome");
    assertThat(done(task, "null").problem()).isEqualTo("incomplete-outcome");
    assertThat(worker.status(task)).isEqualTo("STARTED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/parameters/year",
        "{\"year\": 0}|/parameters/year",
        "{\"year\": 10000}|/parameters/year",
        "{\"year\": \"next\"}|/parameters/year",
        "{\"year\": 2021, \"currency\": \"gbp\"}|/parameters/currency",
        "{\"year\": 2021, \"month\": 1}|/parameters/month"
      })
  void parametersThatDoNotFitAreRefused(String parameters, String pointer) {
    Answer refused = SERVICE.post("/tasks", body(parameters));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid-parameters");
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }

  private UUID submit(String parameters) {
    return UUID.fromString(SERVICE.post("/tasks", body(parameters)).text("task_id"));
  }

  private static String body(String parameters) {
    return "{\"task\": \"billing.total_payables\", \"parameters\": %s}".formatted(parameters);
  }

  private Answer done(UUID task, String months) throws IOException {
    Files.writeString(SERVICE.sheet(task, 1), TestWorker.SHEET);
    String wrote = TestWorker.wrote(TestWorker.SHEET.getBytes(UTF_8).length);
    return worker.outcome(
        task, 1, wrote.replace("\"result\": null", "\"result\": {\"months\": " + months + "}"));
  }
}
