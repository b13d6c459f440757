package io.tallyman.billing.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sheets that come with the outcome and are kept in the database. */
final class SmallSheetTest {
  private static final int LENGTH = TestWorker.SHEET.getBytes(UTF_8).length;
  private static final String CONTENT =
      Base64.getEncoder().encodeToString(TestWorker.SHEET.getBytes(UTF_8));

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submit();

  @Test
  void workerIsToldHowLargeASheetItMaySend() {
    assertThat(worker.claim(id).text("most_inline")).isEqualTo("4096");
  }

  @Test
  void smallSheetNeedsNoFile() {
    String sheet = written();

    assertThat(SERVICE.sheet(id, 1)).doesNotExist();
    assertThat(SERVICE.get(sheet + "/content").body()).isEqualTo(TestWorker.SHEET);
  }

  @Test
  void manifestIsTheSameAsThatOfAFile() {
    String sheet = written();

    assertThat(SERVICE.get(sheet).text("bytes")).isEqualTo("" + LENGTH);
    assertThat(SERVICE.get(sheet).text("sha256")).isEqualTo(TestWorker.SHA256);
    assertThat(SERVICE.get(sheet).body()).doesNotContain("content", CONTENT);
    assertThat(SERVICE.get("/sheets?task_id=" + id).body())
        .contains(TestWorker.SHA256)
        .doesNotContain("content", CONTENT);
  }

  @Test
  void repeatedOutcomeAddsNoSecondSheet() {
    written();

    assertThat(worker.doneInline(id, 1).status()).isEqualTo(200);
    assertThat(SERVICE.count("sheet WHERE task_id = ?", id)).isOne();
  }

  @Test
  void largestSmallSheetIsKept() {
    worker.claim(id);
    byte[] bytes = new byte[WrittenSheet.MOST_INLINE];
    String outcome = TestWorker.wrote(bytes.length, Base64.getEncoder().encodeToString(bytes));

    assertThat(worker.outcome(id, 1, outcome).status()).isEqualTo(200);
    assertThat(SERVICE.get("/sheets/" + sheetId() + "/content").bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"37, has 38 bytes instead of 37", "39, has 38 bytes instead of 39"})
  void contentMustHaveTheLengthOfTheSheet(int bytes, String detail) {
    assertRefused(TestWorker.wrote(bytes, CONTENT), detail);
  }

  @Test
  void contentMustBeBase64() {
    assertRefused(TestWorker.wrote(LENGTH, "%%%"), "is not valid Base64");
  }

  @Test
  void largeSheetMustBeAFile() {
    byte[] bytes = new byte[WrittenSheet.MOST_INLINE + 3];

    assertRefused(
        TestWorker.wrote(bytes.length, Base64.getEncoder().encodeToString(bytes)), "5464");
  }

  private void assertRefused(String outcome, String detail) {
    worker.claim(id);

    Answer refused = worker.outcome(id, 1, outcome);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("/sheet/content", detail);
    assertThat(worker.status(id)).isEqualTo("STARTED");
    assertThat(SERVICE.count("sheet WHERE task_id = ?", id)).isZero();
  }

  private String written() {
    worker.claim(id);
    assertThat(worker.doneInline(id, 1).status()).isEqualTo(200);
    return "/sheets/" + sheetId();
  }

  private String sheetId() {
    return worker.task(id).text("result", "sheet_id");
  }
}
