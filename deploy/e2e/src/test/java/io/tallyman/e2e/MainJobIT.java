package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@OnAnyStack
@OnSharedStack
final class MainJobIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @TempDir private Path directory;

  @Test
  void billingsThatWereImportedStandOnTheSheet() throws Exception {
    Billings billings = new Billings(2041, 5_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);

    JsonNode imported = gateway.awaitSuccess(gateway.importGzip(upload, ""), PATIENCE);
    assertThat(imported.get("rows").asLong()).isEqualTo(5_000);
    assertThat(imported.get("imported").asLong()).isEqualTo(5_000);
    assertThat(imported.get("refused").asLong()).isZero();

    JsonNode result = gateway.awaitSuccess(sheetOf(billings), PATIENCE);
    Path file = directory.resolve("sheet.csv");
    HttpResponse<Path> download = gateway.download(result.get("sheet_id").asString(), file);
    DownloadedSheet sheet = DownloadedSheet.read(file);
    assertThat(download.statusCode()).isEqualTo(200);
    assertThat(sheet.rows()).isEqualTo(5_000).isEqualTo(result.get("rows").asLong());
    assertThat(sheet.total()).isEqualByComparingTo(billings.total());
    assertThat(result.at("/totals/0/payable").asString())
        .isEqualTo(billings.total().toPlainString());
    assertThat(sheet.sha256()).isEqualTo(result.get("sha256").asString());
    assertThat(sheet.ordered()).isTrue();
  }

  @Test
  void fileThatIsImportedAgainBringsOnlyDuplicates() throws Exception {
    Path upload = directory.resolve("billings.csv.gz");
    new Billings(2042, 1_000).writeTo(upload);
    gateway.awaitSuccess(gateway.importGzip(upload, ""), PATIENCE);

    JsonNode again = gateway.awaitSuccess(gateway.importGzip(upload, ""), PATIENCE);

    assertThat(again.get("imported").asLong()).isZero();
    assertThat(again.get("duplicates").asLong()).isEqualTo(1_000);
    assertThat(again.get("vendors_created").asLong()).isZero();
  }

  @Test
  void dayWithoutBillingsGivesAHeaderAndNoRows() throws Exception {
    String task = gateway.submit("billing.sheet", Map.of("billing_date", "1999-12-31"));

    JsonNode result = gateway.awaitSuccess(task, PATIENCE);

    Path file = directory.resolve("sheet.csv");
    gateway.download(result.get("sheet_id").asString(), file);
    assertThat(file)
        .hasContent(
            "date_billed,account_name,account_number,reference,payable,currency,total_issues\r\n");
    assertThat(result.get("rows").asLong()).isZero();
    assertThat(result.get("totals").size()).isZero();
  }

  @Test
  void sheetIsTheSameHoweverOftenItIsAskedFor() throws Exception {
    Path upload = directory.resolve("billings.csv.gz");
    Billings billings = new Billings(2043, 2_000);
    billings.writeTo(upload);
    gateway.awaitSuccess(gateway.importGzip(upload, ""), PATIENCE);

    JsonNode first = gateway.awaitSuccess(sheetOf(billings), PATIENCE);
    JsonNode second = gateway.awaitSuccess(sheetOf(billings), PATIENCE);

    assertThat(second.get("sha256")).isEqualTo(first.get("sha256"));
    assertThat(second.get("sheet_id")).isNotEqualTo(first.get("sheet_id"));
  }

  @Test
  void mistakeOfAClientIsAProblemThatSaysWhatToDo() {
    Gateway.Answer answer =
        gateway.post(
            "/api/v1/tasks",
            Map.of("task", "billing.sheet", "parameters", Map.of("billing_dat", "2025-03-31")));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body().get("type").asString())
        .isEqualTo("urn:tallyman:problem:invalid-parameters");
    assertThat(answer.body().at("/errors/0/pointer").asString())
        .isEqualTo("/parameters/billing_dat");
    assertThat(answer.body().get("instance").asString()).isEqualTo("/api/v1/tasks");
    assertThat(answer.body().get("request_id").asString()).isEqualTo(answer.header("X-Request-Id"));
  }

  @Test
  void unknownTaskIsNotWaitingButNotFound() {
    Gateway.Answer answer = gateway.get("/api/v1/tasks/01900000-0000-7000-8000-000000000000");

    assertThat(answer.status()).isEqualTo(404);
  }

  private String sheetOf(Billings billings) {
    return gateway.submit(
        "billing.sheet",
        Map.of("from", billings.first().toString(), "to", billings.last().toString()));
  }
}
