package io.tallyman.billing.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sweeper deletes unneeded files from the store and keeps all others. */
final class SweeperTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final Sweeper sweeper = SERVICE.bean(Sweeper.class);
  private final UUID id = worker.submitImport();
  private final AtomicLong stopwatch = new AtomicLong();
  private final Sweeper patient =
      new Sweeper(
          SERVICE.jdbi(),
          SERVICE.bean(Store.class),
          SERVICE.bean(StoreConfiguration.class),
          stopwatch::get);

  @BeforeEach
  void claim() {
    worker.claim(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {".csv", ".csv.part"})
  void liveAttemptKeepsItsSheetAndADeadOneDoesNot(String suffix) throws IOException {
    worker.outcome(id, 1, TestWorker.RELEASED);
    worker.claim(id);
    Path dead = write("sheets/" + id + "-1" + suffix);
    Path live = write("sheets/" + id + "-2" + suffix);

    sweeper.sweep();

    assertThat(dead).doesNotExist();
    assertThat(live).exists();
  }

  @Test
  void winnerKeepsItsSheet() throws IOException {
    worker.imported(id, 1, 0);
    Path winner = write("sheets/" + id + "-1.csv");

    sweeper.sweep();

    assertThat(winner).exists();
  }

  @Test
  void sheetOfACancelledOrUnknownTaskGoes() throws IOException {
    worker.cancel(id);
    Path cancelled = write("sheets/" + id + "-1.csv");
    Path unknown = write("sheets/" + UUID.randomUUID() + "-1.csv");

    sweeper.sweep();

    assertThat(cancelled).doesNotExist();
    assertThat(unknown).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sheets/notes.txt",
        "sheets/------------------------------------" + "-1.csv",
        "sheets/.csv",
        "uploads/.keep",
        "uploads/1-1-1-1-1",
        "uploads/0190a3c2-6f00-7000-8000-00000000000g"
      })
  void strayFileStaysAndStopsNoSweep(String name) throws IOException {
    Path stray = write(name);
    Path upload = write("uploads/" + UUID.randomUUID());
    Path sheet = write("sheets/" + UUID.randomUUID() + "-1.csv");

    sweepAfter(Duration.ZERO);
    sweepAfter(Duration.ofDays(30));

    assertThat(stray).exists();
    assertThat(upload).doesNotExist();
    assertThat(sheet).doesNotExist();
    Files.delete(stray);
  }

  @Test
  void uploadThatIsNotYetATasksIsKeptForAnHour() throws IOException {
    Path upload = write("uploads/" + UUID.randomUUID());

    sweepAfter(Duration.ZERO);
    sweepAfter(Duration.ofMinutes(50));
    assertThat(upload).exists();

    sweepAfter(Duration.ofMinutes(20));
    assertThat(upload).doesNotExist();
  }

  @Test
  void uploadThatStillGrowsIsKept() throws IOException {
    Path upload = write("uploads/" + UUID.randomUUID());
    sweepAfter(Duration.ZERO);
    Files.writeString(upload, " and more", StandardOpenOption.APPEND);

    sweepAfter(Duration.ofMinutes(70));
    assertThat(upload).exists();

    sweepAfter(Duration.ofMinutes(70));
    assertThat(upload).doesNotExist();
  }

  @Test
  void uploadThatIsKeptForARetryIsAsYoungAsThat() throws IOException {
    Path old = age(SERVICE.file("uploads/" + id), Duration.ofDays(6));
    Path link = Files.createLink(SERVICE.file("uploads/" + UUID.randomUUID()), old);

    sweeper.sweep();

    assertThat(link).exists();
  }

  @Test
  void uploadIsKeptUntilSevenDaysAfterTheEndOfItsTask() throws IOException {
    Path upload = SERVICE.file("uploads/" + id);
    sweepAfter(Duration.ofDays(30));
    assertThat(upload).exists();

    worker.imported(id, 1, 0);
    endedBefore(Duration.ofDays(6));
    sweeper.sweep();
    assertThat(upload).exists();

    endedBefore(Duration.ofDays(8));
    sweeper.sweep();
    assertThat(upload).doesNotExist();
  }

  private void sweepAfter(Duration duration) {
    stopwatch.addAndGet(duration.toNanos());
    patient.sweep();
  }

  private void endedBefore(Duration duration) {
    SERVICE.execute("UPDATE task SET date_done = now() - ? WHERE id = ?", duration, id);
  }

  private static Path write(String name) throws IOException {
    return Files.writeString(SERVICE.file(name), "something");
  }

  private static Path age(Path file, Duration age) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
