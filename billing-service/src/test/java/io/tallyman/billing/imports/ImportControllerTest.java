package io.tallyman.billing.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.store.StoreNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportControllerTest {
  private static final byte[] CSV =
      "account_name,date_billed,payable\r\nOak,2022-03-31,1.00\r\n".getBytes(UTF_8);

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.uploads.max-bytes", 1000));

  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void uploadIsKeptAsItWasSent() throws IOException {
    Answer accepted = SERVICE.send(upload("/imports", CSV));

    assertThat(accepted.status()).isEqualTo(202);
    String id = accepted.text("task_id");
    assertThat(accepted.header("Location")).isEqualTo("/tasks/" + id);
    assertThat(accepted.text("status")).isEqualTo("PENDING");
    assertThat(accepted.text("parameters", "bytes")).isEqualTo("" + CSV.length);
    assertThat(accepted.text("parameters", "columns")).isEqualTo("null");
    UUID task = UUID.fromString(id);
    assertThat(Files.readAllBytes(SERVICE.upload(task))).isEqualTo(CSV);
    assertThat(worker.claim(task).text("upload_file")).isEqualTo(StoreNames.upload(task));
  }

  /** Earlier releases stored all uploads in one folder. */
  @Test
  void uploadOfAnEarlierReleaseIsStillFoundAndKeptForARetry() throws IOException {
    UUID task = worker.submitImport();
    String flat = "uploads/" + task;
    Files.move(SERVICE.upload(task), SERVICE.file(flat));

    assertThat(worker.claim(task).text("upload_file")).isEqualTo(flat);
    worker.cancel(task);
    Answer retry = SERVICE.post("/tasks/" + task + "/retry", "");

    assertThat(SERVICE.upload(UUID.fromString(retry.text("task_id")))).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP"})
  void gzippedUploadStaysGzipped(String encoding) throws IOException {
    byte[] gzipped = gzip(CSV);

    Answer accepted =
        SERVICE.send(upload("/imports", gzipped).header("Content-Encoding", encoding));

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(Files.readAllBytes(SERVICE.upload(UUID.fromString(accepted.text("task_id")))))
        .isEqualTo(gzipped);
  }

  @Test
  void mappingAndCurrencyAreHandedToTheWorker() {
    String columns = "account_name:Beneficiary Name,payable:Amount: net";

    Answer accepted =
        SERVICE.send(
            upload("/imports?currency=GBP&columns=" + URLEncoder.encode(columns, UTF_8), CSV));

    assertThat(accepted.text("parameters", "currency")).isEqualTo("GBP");
    assertThat(accepted.text("parameters", "columns", "account_name"))
        .isEqualTo("Beneficiary Name");
    assertThat(accepted.text("parameters", "columns", "payable")).isEqualTo("Amount: net");
  }

  @Test
  void whatIsNotSaidOfAFileHasADefault() {
    Answer accepted = SERVICE.send(upload("/imports", CSV));

    Map<String, String> defaults =
        Map.of(
            "delimiter", ",",
            "charset", "utf-8",
            "date_format", "yyyy-MM-dd",
            "decimal", ".",
            "on_error", "skip",
            "mode", "commit");
    assertThat(defaults)
        .allSatisfy(
            (name, value) -> assertThat(accepted.text("parameters", name)).isEqualTo(value));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "delimiter,;,;",
        "delimiter,tab,\t",
        "delimiter,|,|",
        "charset,windows-1252,windows-1252",
        "date_format,d.M.yy,d.M.yy",
        "date_format,\"MMMM d, yyyy\",\"MMMM d, yyyy\"",
        "date_format,yyyyMMdd,yyyyMMdd",
        "date_format,ISO,yyyy-MM-dd",
        "decimal,\",\",\",\"",
        "date_format,dd/MM/yyyy|ISO,dd/MM/yyyy|yyyy-MM-dd",
        "date_format,excel,excel",
        "date,2022-03-31,2022-03-31",
        "header_line,5,5",
        "pivot,70,70",
        "thousands,’,'",
        "thousands,\u00a0,space",
        "thousands,space,space",
        "on_error,abort,abort",
        "mode,validate,validate",
      })
  void whatIsSaidOfAFileIsHandedToTheWorker(String name, String value, String handed) {
    Answer accepted =
        SERVICE.send(upload("/imports?" + name + "=" + URLEncoder.encode(value, UTF_8), CSV));

    assertThat(accepted.text("parameters", name)).isEqualTo(handed == null ? "\t" : handed);
  }

  @Test
  void signsOfCurrenciesAndWaysToBeNegativeAreHandedToTheWorker() {
    String query = "?currency_signs=£:GBP,EUR,kr&negative=parentheses,cr&decimal=,&thousands=.";

    Answer accepted =
        SERVICE.send(upload("/imports" + query.replace("£", URLEncoder.encode("£", UTF_8)), CSV));

    assertThat(accepted.body())
        .contains("\"currency_signs\":{\"kr\":\"\",\"£\":\"GBP\",\"EUR\":\"EUR\"}")
        .contains("\"negative\":[\"cr\",\"parentheses\"]");
  }

  @Test
  void importThatDetectsItsOptionsHasNoDefaultsOfThem() {
    Answer accepted = SERVICE.send(upload("/imports?options=detect&decimal=.", CSV));

    assertThat(accepted.text("parameters", "options")).isEqualTo("detect");
    assertThat(accepted.body())
        .contains("\"delimiter\":null", "\"charset\":null", "\"date_format\":null")
        .contains("\"decimal\":\".\"", "\"mode\":\"commit\"");
  }

  @Test
  void retryTakesMoreOptionsAndKeepsTheOthers() {
    String id =
        SERVICE
            .send(upload("/imports?options=detect&columns=payable:Sum&currency=GBP", CSV))
            .text("task_id");
    assertThat(SERVICE.post("/imports/" + id + "/retry", "").problem()).isEqualTo("not-retryable");
    SERVICE.post("/tasks/" + id + "/cancel", "");

    Answer retry = SERVICE.post("/imports/" + id + "/retry?columns=date_billed:Day&decimal=,", "");

    assertThat(retry.status()).isEqualTo(202);
    assertThat(retry.text("retry_of")).isEqualTo(id);
    assertThat(retry.text("parameters", "options")).isEqualTo("detect");
    assertThat(retry.text("parameters", "currency")).isEqualTo("GBP");
    assertThat(retry.text("parameters", "decimal")).isEqualTo(",");
    assertThat(retry.body()).contains("\"columns\":{\"payable\":\"Sum\",\"date_billed\":\"Day\"}");
    assertThat(SERVICE.post("/imports/" + id + "/retry?decimal=x", "").problem())
        .isEqualTo("invalid-fields");
  }

  @Test
  void charsetOfTheContentTypeIsUsedUnlessTheQueryNamesOne() {
    String type = "text/csv; charset=windows-1252";

    Answer named = SERVICE.send(upload("/imports", CSV).setHeader("Content-Type", type));
    Answer other =
        SERVICE.send(upload("/imports?charset=utf-8", CSV).setHeader("Content-Type", type));
    Answer unknown =
        SERVICE.send(
            upload("/imports", CSV).setHeader("Content-Type", "text/csv; charset=klingon"));

    assertThat(named.text("parameters", "charset")).isEqualTo("windows-1252");
    assertThat(other.text("parameters", "charset")).isEqualTo("utf-8");
    assertThat(unknown.status()).isEqualTo(415);
    assertThat(unknown.problem()).isEqualTo("unsupported-upload");
  }

  @Test
  void semicolonInAQueryNeedsNoEncoding() {
    Answer accepted = SERVICE.send(upload("/imports?delimiter=;", CSV));

    assertThat(accepted.text("parameters", "delimiter")).isEqualTo(";");
  }

  @Test
  void commaInANameOfAColumnHasABackslash() {
    String columns = "account_name:Name\\, first,payable:C:\\\\x\\y";

    Answer accepted =
        SERVICE.send(upload("/imports?columns=" + URLEncoder.encode(columns, UTF_8), CSV));

    assertThat(accepted.text("parameters", "columns", "account_name")).isEqualTo("Name, first");
    assertThat(accepted.text("parameters", "columns", "payable")).isEqualTo("C:\\x\\y");
  }

  @Test
  void uploadOfTheLargestSizeIsTaken() {
    assertThat(SERVICE.send(upload("/imports", new byte[1000])).status()).isEqualTo(202);
  }

  @Test
  void uploadThatIsTooLargeLeavesNothing() throws IOException {
    List<Path> before = SERVICE.uploads();
    long tasks = SERVICE.count("task");

    Answer refused = SERVICE.send(upload("/imports", new byte[1001]));

    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.problem()).isEqualTo("upload-too-large");
    assertThat(SERVICE.uploads()).isEqualTo(before);
    assertThat(SERVICE.count("task")).isEqualTo(tasks);
  }

  /** An unread body would block the connection and the next request on it. */
  @ParameterizedTest
  @CsvSource({"br, 10", "br, 8000000", "identity, 1001", "identity, 8000000"})
  void connectionOfARefusedUploadServesTheNextRequest(String encoding, int bytes) throws Exception {
    try (Socket client = new Socket(SERVICE.uri("/").getHost(), SERVICE.uri("/").getPort())) {
      client.setSoTimeout(10_000);
      Thread sender = Thread.startVirtualThread(() -> sendAndAskForMore(client, encoding, bytes));

      assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 41")
          .contains("HTTP/1.1 200");
      sender.join();
    }
  }

  @Test
  void emptyUploadIsTakenForTheWorkerToSaySo() throws IOException {
    Answer accepted = SERVICE.send(upload("/imports", new byte[0]));

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(SERVICE.upload(UUID.fromString(accepted.text("task_id")))).isEmptyFile();
  }

  @Test
  void otherMediaTypeIsRefused() {
    Answer refused =
        SERVICE.send(upload("/imports", CSV).setHeader("Content-Type", "application/json"));

    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void otherEncodingIsRefused() {
    Answer refused = SERVICE.send(upload("/imports", CSV).header("Content-Encoding", "br"));

    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.problem()).isEqualTo("unsupported-upload");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "columns,payable",
        "columns,payable:",
        "columns,\":Amount\"",
        "columns,\"\"",
        "columns,amount:Amount",
        "columns,\"payable:a\u0000b\"",
        "columns,\"payable:Amount,payable:Sum\"",
        "currency,gbp",
        "currency,XXX",
        "delimiter,\"\"",
        "delimiter,a",
        "delimiter,;;",
        "delimiter,é",
        "charset,foo",
        "charset,\"\"",
        "date_format,hello",
        "date_format,dd/MM",
        "date_format,dd/MM/yyyy/dd",
        "date_format,dd/MM/yyy",
        "decimal,;",
        "header_line,0",
        "header_line,1.5",
        "date,31/03/2022",
        "date,2022-02-30",
        "pivot,1999",
        "thousands,.",
        "thousands,;",
        "currency_signs,£:GBQ",
        "currency_signs,£:",
        "currency_signs,5",
        "negative,red",
        "options,guess",
        "negative,\"cr,dr\"",
        "date_format,dd/MM/yyyy|",
        "date_format,excel-1900",
        "on_error,maybe",
        "on_error,SKIP",
        "mode,dry",
      })
  void queryThatCannotBeMeantIsRefusedByItsName(String name, String value) throws IOException {
    List<Path> before = SERVICE.uploads();

    Answer refused =
        SERVICE.send(upload("/imports?" + name + "=" + URLEncoder.encode(value, UTF_8), CSV));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid-fields");
    assertThat(refused.body()).contains("\"pointer\":\"?" + name + "\"");
    assertThat(SERVICE.uploads()).isEqualTo(before);
  }

  @Test
  void importIsNotSubmittedByItsName() {
    Answer refused =
        SERVICE.post(
            "/tasks",
            """
            {"task": "billing.import", "parameters": {"bytes": 1}}
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("unknown-task");
  }

  private static void sendAndAskForMore(Socket client, String encoding, int bytes) {
    try {
      OutputStream requests = client.getOutputStream();
      requests.write(
          """
          POST /imports HTTP/1.1\r
          Host: localhost\r
          Authorization: %s\r
          Content-Type: text/csv\r
          Content-Encoding: %s\r
          Content-Length: %d\r
          \r
          """
              .formatted(SERVICE.authorization("/imports"), encoding, bytes)
              .getBytes(UTF_8));
      requests.write(new byte[bytes]);
      requests.write(
          "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
              .getBytes(UTF_8));
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private static HttpRequest.Builder upload(String path, byte[] body) {
    return HttpRequest.newBuilder(SERVICE.uri(path))
        .header("Content-Type", "text/csv")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
      gzip.write(bytes);
    }
    return gzipped.toByteArray();
  }
}
