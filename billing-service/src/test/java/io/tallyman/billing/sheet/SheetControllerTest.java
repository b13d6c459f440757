package io.tallyman.billing.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SheetControllerTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submit();
  private String sheet = "";

  @BeforeEach
  void write() {
    worker.claim(id);
    worker.done(id, 1);
    sheet = "/sheets/" + worker.task(id).text("result", "sheet_id");
  }

  @Test
  void manifestSaysWhatTheWorkerSaid() {
    Answer manifest = SERVICE.get(sheet);

    assertThat(manifest.status()).isEqualTo(200);
    assertThat(manifest.text("task_id")).isEqualTo(id.toString());
    assertThat(manifest.text("file_name")).isEqualTo("billing-2022-03-31.csv");
    assertThat(manifest.text("sha256")).isEqualTo(TestWorker.SHA256);
    assertThat(manifest.text("snapshot_at")).isEqualTo("2026-01-02T03:04:05.678901Z");
    assertThat(manifest.body())
        .contains("\"payable\":\"1.00\"", "\"currency\":\"GBP\"")
        .contains("{\"name\":\"date_billed\",\"type\":\"date\"}");
  }

  @Test
  void contentIsTheFileWithAllThatADownloadNeeds() throws Exception {
    Answer content = SERVICE.get(sheet + "/content");

    assertThat(content.status()).isEqualTo(200);
    assertThat(content.bytes()).isEqualTo(TestWorker.SHEET.getBytes(UTF_8));
    assertThat(content.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
    assertThat(content.header("Content-Length")).isEqualTo("" + content.bytes().length);
    assertThat(content.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"billing-2022-03-31.csv\"");
    assertThat(content.header("ETag")).isEqualTo('"' + TestWorker.SHA256 + '"');
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.bytes());
    assertThat(content.header("Repr-Digest"))
        .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
  }

  /** Earlier releases stored all sheets in one folder. */
  @Test
  void sheetOfAnEarlierReleaseCanStillBeDownloaded() throws IOException {
    String flat = "sheets/" + id + "-1.csv";
    Files.move(file(), SERVICE.file(flat));
    SERVICE.execute("UPDATE sheet SET file = ? WHERE task_id = ?", flat, id);

    assertThat(SERVICE.get(sheet + "/content").body()).isEqualTo(TestWorker.SHEET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/content"})
  void unknownSheetIsNotFound(String path) {
    Answer refused = SERVICE.get("/sheets/" + UUID.randomUUID() + path);

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.problem()).isEqualTo("unknown-sheet");
  }

  @Test
  void sheetWhoseFileIsGoneSaysSo() throws IOException {
    Files.delete(file());

    assertGone(SERVICE.get(sheet + "/content"));
    assertThat(SERVICE.send(head(sheet + "/content")).status()).isEqualTo(410);
    assertThat(SERVICE.get(sheet).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", TestWorker.SHEET + "and more"})
  void sheetWhoseFileHasAnotherSizeIsAsGoodAsGone(String content) throws IOException {
    Files.writeString(file(), content);

    assertGone(SERVICE.get(sheet + "/content"));
  }

  private static HttpRequest.Builder head(String path) {
    return HttpRequest.newBuilder(SERVICE.uri(path)).method("HEAD", BodyPublishers.noBody());
  }

  private Path file() {
    return SERVICE.sheet(id, 1);
  }

  private static void assertGone(Answer refused) {
    assertThat(refused.status()).isEqualTo(410);
    assertThat(refused.problem()).isEqualTo("sheet-gone");
  }
}
