package io.tallyman.billing.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SheetListTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=1, 3 2 1 0",
    "limit=2&from=2026-01-02T00:00:00Z, 3 2",
    "limit=1&to=2026-01-02T00:00:00Z, 1 0",
    "limit=9&from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z, ''"
  })
  void walkSeesTheNewestFirst(String query, String expected) {
    List<String> sheets = new ArrayList<>();
    for (String time : List.of("01-01T00:00", "01-01T23:59", "01-02T00:00", "01-03T00:00")) {
      sheets.add(sheetOf(worker.submit(), "2026-" + time + ":00Z"));
    }

    assertThat(
            Walk.over(SERVICE, "/sheets?" + query, "sheet_id").stream()
                .map(sheets::indexOf)
                .map(String::valueOf))
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
  }

  @Test
  void sheetsOfOneMomentAreEachSeenOnce() {
    List<String> sheets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sheets.add(sheetOf(worker.submit(), "2026-01-01T00:00:00Z"));
    }

    assertThat(Walk.over(SERVICE, "/sheets?limit=2", "sheet_id"))
        .containsExactlyInAnyOrderElementsOf(sheets);
  }

  @Test
  void sheetOfATaskIsFoundByIt() {
    UUID task = worker.submit();
    sheetOf(worker.submit(), "2026-01-01T00:00:00Z");
    String sheet = sheetOf(task, "2026-01-01T00:00:00Z");

    assertThat(Walk.over(SERVICE, "/sheets?task_id=" + task, "sheet_id")).containsExactly(sheet);
    assertThat(Walk.over(SERVICE, "/sheets?task_id=" + UUID.randomUUID(), "sheet_id")).isEmpty();
  }

  @Test
  void sheetInTheListIsTheManifest() {
    String sheet = sheetOf(worker.submit(), "2026-01-01T00:00:00Z");

    assertThat(SERVICE.get("/sheets").body())
        .isEqualTo(
            "{\"data\":[" + SERVICE.get("/sheets/" + sheet).body() + "],\"next_cursor\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "task_id=7, ?task_id",
    "from=2026-01-01, ?from",
    "to=%2B10000-01-01T00:00:00Z, ?to",
    "limit=0, ?limit",
    "cursor=x, ?cursor"
  })
  void whatIsOutOfBoundsIsRefusedByItsName(String query, String pointer) {
    Answer refused = SERVICE.get("/sheets?" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }

  private String sheetOf(UUID task, String createdAt) {
    worker.claim(task);
    worker.done(task, 1);
    String sheet = worker.task(task).text("result", "sheet_id");
    SERVICE.execute(
        "UPDATE sheet SET created_at = ?::timestamptz WHERE id = ?::uuid", createdAt, sheet);
    return sheet;
  }
}
