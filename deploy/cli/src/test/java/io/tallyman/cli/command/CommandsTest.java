package io.tallyman.cli.command;

import static io.tallyman.cli.command.StubGateway.broken;
import static io.tallyman.cli.command.StubGateway.bytes;
import static io.tallyman.cli.command.StubGateway.json;
import static io.tallyman.cli.command.StubGateway.nothing;
import static io.tallyman.cli.command.StubGateway.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {
  private static final byte[] SHEET = "date_billed,payable\r\n2025-03-31,1.00\r\n".getBytes(UTF_8);
  private static final String RUNNING =
      """
      {"task_id": "7", "task": "billing.sheet", "status": "STARTED", "attempt": 1}
      """;
  private static final String DONE =
      """
      {"task_id": "7", "task": "billing.sheet", "status": "SUCCESS", "attempt": 1,
       "result": {"sheet_id": "s", "file_name": "billing.csv", "rows": 1,
                  "totals": [{"currency": "GBP", "payable": "1.00"}]}}
      """;
  private static final String FAILED =
      """
      {"task_id": "7", "task": "billing.sheet", "status": "FAILURE", "attempt": 5,
       "error": {"title": "The worker was lost", "detail": "Retry the task."}}
      """;
  private static final String OPEN =
      """
      {"rows": 2, "complete": true, "header_line": 1, "options": {"delimiter": ";"}, "samples": [],
       "columns": [{"place": 1, "name": "Datum", "field": "date_billed"}],
       "questions": [
         {"option": "decimal", "field": null, "question": "Which decimal mark?", "is_open": false,
          "choices": [{"value": ".", "samples": []}, {"value": ",", "samples": []}]},
         {"option": "columns", "field": "payable", "question": "Which column is the amount?",
          "is_open": true, "choices": []}]}
      """;

  private final TestShell shell = new TestShell();
  private final StubGateway gateway;

  @TempDir private Path directory;

  CommandsTest() throws IOException {
    gateway = new StubGateway();
    shell.set("TALLYMAN_URL", gateway.url());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sheet",
        "sheet 2025-02-30",
        "sheet 2025-03-31 --from 2025-03-01 --to 2025-03-31",
        "sheet --from 2025-03-01",
        "sheet 2025-03-31 --json -o -",
        "sheet 2025-03-31 --colour",
        "sheet 2025-03-31 -o /no/such/directory/sheet.csv",
        "watch",
        "watch 7 --timeout -1",
        "tasks --limit many",
        "import /no/such/file",
        "completion fish",
        "tasks --url ftp://example.com",
        "tasks --token-file /no/such/file"
      })
  void wrongUseAsksNobody(String line) {
    assertThat(run(line)).isEqualTo(ExitCode.USAGE);
    assertThat(err()).startsWith("tallyman: ");
    assertThat(out()).isEmpty();
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void nothingRunsHere() {
    shell.set("TALLYMAN_URL", "");

    assertThat(run("tasks")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err()).contains("./tallyman up", "--url");
  }

  @Test
  void noGatewayListens() {
    gateway.close();

    assertThat(run("workers")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err()).isEqualTo("tallyman: %s cannot be reached.\n".formatted(gateway.url()));
  }

  @ParameterizedTest
  @CsvSource({"422,4", "404,4", "401,4", "503,3"})
  void problemIsToldInWords(int status, int exit) {
    gateway.on("tasks", problem(status));

    assertThat(run("sheet 2025-03-31")).isEqualTo(exit);
    assertThat(err())
        .isEqualTo(
            """
            tallyman: The parameters are invalid. Correct them.
              to: is too early
            """);
  }

  @Test
  void strangerIsNotTakenForAGateway() {
    gateway.on("tasks", bytes(200, "<html>".getBytes(UTF_8)));

    assertThat(run("tasks")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err()).contains("does not answer like a gateway of Tallyman (status 200)");
  }

  @Test
  void lostAnswerIsAskedForAgainWithTheSameKey() {
    gateway.on("tasks", nothing(), json(202, DONE));

    assertThat(run("sheet 2025-03-31 --no-wait")).isZero();
    assertThat(out()).isEqualTo("7\n");
    assertThat(gateway.asked()).hasSizeGreaterThan(1);
    assertThat(gateway.asked().stream().map(one -> one.header("Idempotency-key")).distinct())
        .hasSize(1)
        .doesNotContain("");
  }

  @Test
  void tokenIsSent() throws IOException {
    gateway.on("workers", json(200, "{\"data\": []}"));
    shell.set("TALLYMAN_TOKEN", "from-the-environment");
    Path file = Files.writeString(directory.resolve("token"), "from-a-file\n");

    assertThat(run("workers")).isZero();
    assertThat(run("workers --token-file " + file)).isZero();

    assertThat(gateway.asked())
        .extracting(one -> one.header("Authorization"))
        .containsExactly("Bearer from-the-environment", "Bearer from-a-file");
  }

  @Test
  void waitGoesOnAfterAnOutage() {
    gateway.on("tasks/7", json(200, RUNNING), problem(503), nothing(), json(200, DONE));

    assertThat(run("watch 7")).isZero();
    assertThat(out()).isEqualTo("billing.csv: 1 row, GBP 1.00.\n");
    assertThat(err()).contains("Trying again");
  }

  @Test
  void failureOfTheTaskIsToldInWords() {
    gateway.on("tasks/7", json(200, FAILED));

    assertThat(run("watch 7")).isEqualTo(ExitCode.TASK_FAILED);
    assertThat(err()).isEqualTo("The task failed. The worker was lost. Retry the task.\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void timeIsOverAndTheTaskGoesOn() {
    gateway.on("tasks/7", json(200, RUNNING));

    assertThat(run("watch 7 --timeout 0")).isEqualTo(ExitCode.NOT_ENDED);
    assertThat(err()).contains("To watch it: ./tallyman watch 7");
  }

  @Test
  void jsonIsPrintedAsItCame() {
    String ids = "{\"data\":[{\"task_id\":\"7\",\"parameters\":{\"vendor_id\":9007199254740993}}]}";
    gateway.on("tasks", json(200, ids));

    assertThat(run("tasks --json --status SUCCESS --type billing.sheet --limit 3")).isZero();
    assertThat(out()).isEqualTo(ids + "\n");
    assertThat(gateway.asked().getFirst().target())
        .isEqualTo("/api/v1/tasks?status=SUCCESS&task=billing.sheet&limit=3");
  }

  @Test
  void brokenDownloadIsContinued() throws Exception {
    int half = SHEET.length / 2;
    sheetOf(SHEET)
        .on(
            "sheets/s/content",
            broken(200, Arrays.copyOf(SHEET, half)),
            bytes(206, Arrays.copyOfRange(SHEET, half, SHEET.length)));
    Path file = directory.resolve("sheet.csv");

    assertThat(run("watch 7 -o " + file)).isZero();

    assertThat(file).hasBinaryContent(SHEET);
    assertThat(gateway.asked().getLast().header("Range")).isEqualTo("bytes=%d-".formatted(half));
    assertThat(files()).containsExactly("sheet.csv");
  }

  @Test
  void sheetWithAnotherDigestIsNotKept() throws Exception {
    byte[] other = SHEET.clone();
    other[other.length - 3] = '9';
    sheetOf(SHEET).on("sheets/s/content", bytes(200, other));

    assertThat(run("watch 7 -o " + directory.resolve("sheet.csv"))).isEqualTo(ExitCode.BAD_FILE);
    assertThat(err()).contains("SHA-256", "To download it: ./tallyman watch 7 -o FILE");
    assertThat(run("watch 7 -o -")).isEqualTo(ExitCode.BAD_FILE);
    assertThat(out()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void fileIsReplacedOnlyOnRequest() throws Exception {
    sheetOf(SHEET).on("sheets/s/content", bytes(200, SHEET));
    Path file = Files.writeString(directory.resolve("billing.csv"), "mine");

    assertThat(run("sheet 2025-03-31 -o " + file)).isEqualTo(ExitCode.USAGE);
    assertThat(gateway.asked()).isEmpty();
    assertThat(run("watch 7 -o " + directory)).isEqualTo(ExitCode.USAGE);
    assertThat(file).hasContent("mine");
    assertThat(run("watch 7 --force -o " + directory)).isZero();
    assertThat(file).hasBinaryContent(SHEET);
  }

  @Test
  void openQuestionsNameTheirOptionsWhereNobodyCanAnswer() throws IOException {
    gateway.on("imports/inspect", json(200, OPEN));

    assertThat(run("import " + file("Datum;Betrag\n"))).isEqualTo(ExitCode.USAGE);
    assertThat(err())
        .contains("Which decimal mark? Answer it with --decimal . or ,")
        .contains("Which column is the amount? Answer it with --columns payable:COLUMN");
    assertThat(gateway.asked()).hasSize(1);
  }

  @Test
  void answersBecomeOptions() throws IOException {
    gateway.on("imports/inspect", json(200, OPEN)).on("imports", json(202, RUNNING));

    String line = "import --no-wait --columns date_billed:Datum --header-line 2 ";
    int exit = run(line + file("Datum;Betrag\n"), "3\n2\nBetrag, netto\n");

    assertThat(exit).isZero();
    assertThat(gateway.asked())
        .extracting(StubGateway.Asked::target)
        .containsExactly(
            "/api/v1/imports/inspect?columns=date_billed%3ADatum&header_line=2",
            "/api/v1/imports?columns=date_billed%3ADatum%2Cpayable%3ABetrag%5C%2C%20netto"
                + "&header_line=2&decimal=%2C&options=detect");
  }

  @Test
  void uploadShowsHowMuchWasSent() throws IOException {
    String none = OPEN.replaceFirst("(?s)\"questions\": .*", "\"questions\": []}");
    gateway.on("imports/inspect", json(200, none)).on("imports", json(202, RUNNING));

    assertThat(run("import --no-wait " + file("x".repeat(5_000)))).isZero();

    assertThat(err()).contains("uploading [####################] 100%, 5.0 kB of 5.0 kB");
  }

  @Test
  void questionsOfTheWholeFileAreAskedToo() throws IOException {
    String none = OPEN.replaceFirst("(?s)\"questions\": .*", "\"questions\": []}");
    String asks = "{\"task_id\": \"7\", \"status\": \"FAILURE\", \"result\": %s}".formatted(OPEN);
    gateway
        .on("imports/inspect", json(200, none))
        .on("imports", json(202, asks))
        .on("imports/7/retry", json(202, DONE));

    assertThat(run("import " + file("Datum;Betrag\n"), "1\nBetrag\n")).isZero();
    assertThat(gateway.asked().getLast().target())
        .startsWith("/api/v1/imports/7/retry?")
        .contains("decimal=.", "columns=payable%3ABetrag");
  }

  private StubGateway sheetOf(byte[] content) throws Exception {
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    return gateway
        .on("tasks/7", json(200, DONE))
        .on(
            "sheets/s",
            json(200, "{\"bytes\": %d, \"sha256\": \"%s\"}".formatted(content.length, sha256)));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("payments.csv"), content);
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private int run(String line) {
    return shell.run(line);
  }

  /**
   * @param answers what a person types
   */
  private int run(String line, String answers) {
    return shell.run(line, answers, true);
  }

  private String out() {
    return shell.out();
  }

  private String err() {
    return shell.err();
  }
}
