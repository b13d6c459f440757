package io.tallyman.worker.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.tallyman.worker.billing.SmallSheetsClient.Answer;
import io.tallyman.worker.billing.SmallSheetsClient.Request;
import io.tallyman.worker.billing.SmallSheetsClient.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SmallSheetsTest {
  private static final Instant NOW = Instant.parse("2022-04-01T05:06:07Z");
  private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Semaphore answers = new Semaphore(0);
  private final SmallSheets sheets = new SmallSheets(this::answer);

  /** Each sheet has one row, with its day. */
  private Answer answer(Request request) {
    requests.add(request);
    answers.acquireUninterruptibly();
    return new Answer(
        NOW,
        request.sheets().stream()
            .map(
                days ->
                    new Rows(
                        List.<@Nullable String[]>of(
                            new @Nullable String[] {days.from().toString()})))
            .toList());
  }

  @Test
  void sheetsThatBeginDuringACallShareTheNextOne() throws Exception {
    Queue<SmallSheets.Rows> read = new ConcurrentLinkedQueue<>();
    Thread first = Thread.ofVirtual().start(() -> read.add(sheets.read(day(0)).orElseThrow()));
    await().until(() -> requests.size() == 1);
    List<Thread> others = new ArrayList<>();
    for (int day = 1; day < 10; day++) {
      SheetParameters sheet = day(day);
      others.add(Thread.ofVirtual().start(() -> read.add(sheets.read(sheet).orElseThrow())));
    }
    await().until(() -> others.stream().allMatch(one -> one.getState() == Thread.State.WAITING));
    answers.release(2);

    first.join();
    for (Thread other : others) {
      other.join();
    }
    assertThat(requests).extracting(request -> request.sheets().size()).containsExactly(1, 9);
    assertThat(read).extracting(SmallSheets.Rows::snapshotAt).containsOnly(NOW);
    assertThat(read)
        .extracting(rows -> rows.rows().getFirst()[0])
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 10).mapToObj(day -> FIRST.plusDays(day).toString()).toList());
  }

  @Test
  void failedCallLeadsToStreams() {
    SmallSheets failing =
        new SmallSheets(
            _ -> {
              throw new HttpClientException("no answer");
            });
    assertThat(failing.read(day(0))).isEmpty();
  }

  @Test
  void sheetWithAFilterIsNotAskedFor() {
    assertThat(sheets.read(new SheetParameters(FIRST, null, null, 7L, null, null))).isEmpty();
    assertThat(sheets.read(new SheetParameters(FIRST, null, null, null, "GBP", null))).isEmpty();
    assertThat(requests).isEmpty();
  }

  private static SheetParameters day(int day) {
    return new SheetParameters(FIRST.plusDays(day), null, null, null, null, null);
  }
}
