package io.tallyman.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Downloads of ranges, interrupted and resumed downloads, and conditional requests. */
@OnSharedStack
final class RangeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Gateway GATEWAY = RunningStack.SHARED.gateway();

  @TempDir private static Path directory;
  private static String sheet;
  private static byte[] whole;
  private static String etag;

  @BeforeAll
  static void makeSheet() throws IOException {
    Billings billings = new Billings(2087, 20_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);
    GATEWAY.awaitSuccess(GATEWAY.importGzip(upload, ""), PATIENCE);
    sheet = sheetOf(Map.of());
    HttpResponse<byte[]> content = GATEWAY.content(sheet, "GET");
    whole = content.body();
    etag = header(content, "ETag");
  }

  @Test
  void piecesMakeTheWhole() {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    int size = whole.length / 7;
    for (int first = 0; first < whole.length; first += size) {
      HttpResponse<byte[]> piece =
          GATEWAY.content(
              sheet, "GET", "Range", "bytes=" + first + "-" + (first + size - 1), "If-Range", etag);
      assertThat(piece.statusCode()).isEqualTo(206);
      pieces.writeBytes(piece.body());
    }

    assertThat(pieces.toByteArray()).isEqualTo(whole);
  }

  @Test
  void downloadThatWasCutGoesOnWhereItEnded() throws IOException {
    byte[] beginning = GATEWAY.beginning(sheet, 100_000);

    HttpResponse<byte[]> rest =
        GATEWAY.content(sheet, "GET", "Range", "bytes=100000-", "If-Range", etag);

    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(header(rest, "Content-Range"))
        .isEqualTo("bytes 100000-" + (whole.length - 1) + "/" + whole.length);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(beginning);
    both.writeBytes(rest.body());
    assertThat(both.toByteArray()).isEqualTo(whole);
  }

  @Test
  void resumedDownloadOfAnotherSheetBeginsAnew() {
    HttpResponse<byte[]> other =
        GATEWAY.content(sheet, "GET", "Range", "bytes=100000-", "If-Range", "\"another\"");

    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(whole);
  }

  @Test
  void lastBytesComeWithTheDigestOfTheWhole() {
    HttpResponse<byte[]> end = GATEWAY.content(sheet, "GET", "Range", "bytes=-500");

    assertThat(end.body()).hasSize(500);
    assertThat(new String(whole, UTF_8)).endsWith(new String(end.body(), UTF_8));
    assertThat(header(end, "Repr-Digest"))
        .isEqualTo(header(GATEWAY.content(sheet, "HEAD"), "Repr-Digest"));
  }

  @Test
  void rangeBehindTheEndTellsTheLength() {
    HttpResponse<byte[]> beyond =
        GATEWAY.content(sheet, "GET", "Range", "bytes=" + whole.length + "-");

    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */" + whole.length);
    assertThat(new String(beyond.body(), UTF_8)).contains("range-not-satisfiable");
  }

  @Test
  void sheetIsSentOnConditions() {
    assertThat(GATEWAY.content(sheet, "GET", "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(GATEWAY.content(sheet, "HEAD", "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(GATEWAY.content(sheet, "GET", "If-Match", "\"another\"").statusCode())
        .isEqualTo(412);
    assertThat(GATEWAY.content(sheet, "GET", "If-Match", etag).body()).isEqualTo(whole);
  }

  @Test
  void headTellsWhatADownloadWouldBe() {
    HttpResponse<byte[]> head = GATEWAY.content(sheet, "HEAD");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo("" + whole.length);
    assertThat(header(head, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(head, "Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
  }

  @Test
  void sheetForSpreadsheetsIsAnImportThatBringsNothingNew() {
    String excel = sheetOf(Map.of("profile", "excel", "delimiter", ";"));
    byte[] content = GATEWAY.content(excel, "GET").body();
    assertThat(new String(content, UTF_8)).startsWith("\uFEFFdate_billed;account_name;");

    String task = GATEWAY.importCsv(content, Gateway.query("delimiter", ";"));

    JsonNode again = GATEWAY.awaitSuccess(task, PATIENCE);
    assertThat(again.get("duplicates").asLong()).isEqualTo(20_000);
    assertThat(again.get("imported").asLong()).isZero();
  }

  @Test
  void sheetWithDecimalCommasIsAnImportThatBringsNothingNew() {
    String german = sheetOf(Map.of("profile", "excel", "decimal", ","));
    byte[] content = GATEWAY.content(german, "GET").body();

    String query = Gateway.query("delimiter", ";", "decimal", ",");
    JsonNode again = GATEWAY.awaitSuccess(GATEWAY.importCsv(content, query), PATIENCE);

    assertThat(again.get("duplicates").asLong()).isEqualTo(20_000);
    assertThat(again.get("imported").asLong()).isZero();
  }

  @Test
  void sheetsAreListedByTheirTask() {
    JsonNode manifest = GATEWAY.get("/api/v1/sheets/" + sheet).body();

    JsonNode list =
        GATEWAY.get("/api/v1/sheets?task_id=" + manifest.get("task_id").asString()).body();

    assertThat(list.at("/data/0")).isEqualTo(manifest);
    assertThat(list.get("data").size()).isOne();
  }

  private static String sheetOf(Map<String, String> format) {
    Map<String, Object> parameters =
        Map.of("from", "2087-01-01", "to", "2087-12-31", "format", format);
    return GATEWAY
        .awaitSuccess(GATEWAY.submit("billing.sheet", parameters), PATIENCE)
        .get("sheet_id")
        .asString();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
