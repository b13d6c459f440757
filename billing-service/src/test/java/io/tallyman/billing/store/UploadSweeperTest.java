package io.tallyman.billing.store;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sweeper deletes unneeded files from the store and keeps all others. */
final class UploadSweeperTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submitImport();
  private final AtomicLong stopwatch = new AtomicLong();
  private final UploadSweeper sweeper =
      new UploadSweeper(
          SERVICE.jdbi(),
          SERVICE.bean(SheetStore.class),
          SERVICE.bean(UploadSweeperConfiguration.class),
          stopwatch::get);

  @BeforeEach
  void claim() {
    worker.claim(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uploads/.keep",
        "uploads/1-1-1-1-1",
        "uploads/0190a3c2-6f00-7000-8000-00000000000g",
        "uploads/2020-02-03/08/notes.txt"
      })
  void strayFileStaysAndStopsNoSweep(String name) throws IOException {
    Path stray = write(name);
    Path upload = write("uploads/" + UUID.randomUUID());

    sweepAfter(Duration.ZERO);
    sweepAfter(Duration.ofDays(30));

    assertThat(stray).exists();
    assertThat(upload).doesNotExist();
    Files.delete(stray);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uploads/", "uploads/2020-02-03/07/"})
  void uploadThatIsNotYetATasksIsKeptForAnHour(String folder) throws IOException {
    Path upload = write(folder + UUID.randomUUID());

    sweepAfter(Duration.ZERO);
    sweepAfter(Duration.ofMinutes(50));
    assertThat(upload).exists();

    sweepAfter(Duration.ofMinutes(20));
    assertThat(upload).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".part"})
  void uploadThatStillGrowsIsKept(String suffix) throws IOException {
    Path upload = write("uploads/" + UUID.randomUUID() + suffix);
    sweepAfter(Duration.ZERO);
    Files.writeString(upload, " and more", StandardOpenOption.APPEND);

    sweepAfter(Duration.ofMinutes(70));
    assertThat(upload).exists();

    sweepAfter(Duration.ofMinutes(70));
    assertThat(upload).doesNotExist();
  }

  @Test
  void uploadThatIsKeptForARetryIsAsYoungAsThat() throws IOException {
    Path old = age(SERVICE.upload(id), Duration.ofDays(6));
    Path link = Files.createLink(SERVICE.file("uploads/" + UUID.randomUUID()), old);

    sweepAll();

    assertThat(link).exists();
  }

  @Test
  void uploadIsKeptUntilSevenDaysAfterTheEndOfItsTask() throws IOException {
    Path upload = SERVICE.upload(id);
    sweepAfter(Duration.ofDays(30));
    assertThat(upload).exists();

    worker.imported(id, 1, 0);
    endedBefore(Duration.ofDays(6));
    sweepAll();
    assertThat(upload).exists();

    endedBefore(Duration.ofDays(8));
    sweepAll();
    assertThat(upload).doesNotExist();
  }

  private void sweepAfter(Duration duration) throws IOException {
    stopwatch.addAndGet(duration.toNanos());
    sweepAll();
  }

  /** Two cycles' rounds, because the first round may be in the middle of a cycle. */
  private void sweepAll() throws IOException {
    try (Stream<Path> files = Files.walk(SERVICE.file("uploads"))) {
      long folders = files.filter(Files::isDirectory).count();
      for (int round = 0; round < 2 * folders; round++) {
        sweeper.sweep();
      }
    }
  }

  private void endedBefore(Duration duration) {
    SERVICE.execute("UPDATE task SET date_done = now() - ? WHERE id = ?", duration, id);
  }

  private static Path write(String name) throws IOException {
    Path file = SERVICE.file(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "something");
  }

  private static Path age(Path file, Duration age) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
