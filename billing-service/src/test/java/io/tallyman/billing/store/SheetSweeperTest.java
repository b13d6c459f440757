package io.tallyman.billing.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sheets are removed from the store, and which stay. */
final class SheetSweeperTest {
  private static final String LISTED = "unneeded_sheet WHERE task_id = ?";

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submitImport();
  private final SheetSweeper sweeper =
      new SheetSweeper(SERVICE.jdbi(), SERVICE.bean(SheetStore.class));

  @BeforeEach
  void claim() {
    worker.claim(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".part"})
  void liveAttemptKeepsItsSheetAndADeadOneDoesNot(String suffix) throws IOException {
    worker.outcome(id, 1, TestWorker.RELEASED);
    worker.claim(id);
    Path dead = write(SERVICE.sheet(id, 1) + suffix);
    Path live = write(SERVICE.sheet(id, 2) + suffix);

    sweepAll();

    assertThat(dead).doesNotExist();
    assertThat(live).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".part"})
  void sheetOfAnAttemptThatWasLostAMomentAgoIsRemovedInOneRound(String suffix) throws IOException {
    worker.outcome(id, 1, TestWorker.RELEASED);
    worker.claim(id);
    Path dead = write(SERVICE.sheet(id, 1) + suffix);
    Path flat = write("sheets/" + id + "-1.csv" + suffix);
    Path live = write(SERVICE.sheet(id, 2) + suffix);
    assertThat(SERVICE.count(LISTED, id)).isOne();

    sweepListed();

    assertThat(dead).doesNotExist();
    assertThat(flat).doesNotExist();
    assertThat(live).exists();
    assertThat(SERVICE.count(LISTED, id)).isZero();
  }

  @Test
  void sheetIsLeftToItsWorkerAtFirst() {
    worker.cancel(id);

    sweeper.sweep();

    assertThat(SERVICE.count(LISTED, id)).isOne();
  }

  @Test
  void listedSheetThatIsNeededNeverthelessStays() throws IOException {
    UUID won = worker.submit();
    worker.claim(won);
    worker.done(won, 1);
    Path running = write(SERVICE.sheet(id, 1).toString());
    SERVICE.execute("INSERT INTO unneeded_sheet (task_id, attempt) VALUES (?, 1), (?, 1)", won, id);

    sweepListed();

    assertThat(SERVICE.sheet(won, 1)).exists();
    assertThat(running).exists();
  }

  @Test
  void sheetThatCannotBeRemovedStopsNoSweep() throws IOException {
    worker.cancel(id);
    Path inside = write(SERVICE.sheet(id, 1) + ".part/inside");
    UUID other = worker.submit();
    worker.claim(other);
    worker.cancel(other);
    Path removable = write(SERVICE.sheet(other, 1).toString());

    sweepListed();

    assertThat(removable).doesNotExist();
    assertThat(SERVICE.count(LISTED, id)).isZero();
    assertThat(SERVICE.count(LISTED, other)).isZero();
    Files.delete(inside);
    Files.delete(inside.getParent());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void winnerKeepsItsSheet(boolean flat) throws IOException {
    UUID won = worker.submit();
    worker.claim(won);
    String name = flat ? "sheets/" + won + "-1.csv" : StoreNames.sheet(won, 1);
    Path winner = write(name, TestWorker.SHEET);
    worker.outcome(won, 1, TestWorker.wrote(TestWorker.SHEET.length()));

    sweepAll();

    assertThat(winner).exists();
  }

  @Test
  void sheetOfACancelledOrUnknownTaskGoes() throws IOException {
    worker.cancel(id);
    Path cancelled = write(SERVICE.sheet(id, 1).toString());
    Path unknown = write(SERVICE.sheet(UuidCreator.getTimeOrderedEpoch(), 1).toString());
    Path flat = write("sheets/" + UUID.randomUUID() + "-1.csv");

    sweepAll();

    assertThat(cancelled).doesNotExist();
    assertThat(unknown).doesNotExist();
    assertThat(flat).doesNotExist();
  }

  @Test
  void emptyFoldersOfPastDaysGoAndThoseOfTodayStay() throws IOException {
    write("sheets/2020-02-03/07/" + UUID.randomUUID() + "-1.csv");
    Path today = SERVICE.sheet(id, 1).getParent();

    sweepAll();
    sweepAll();

    assertThat(SERVICE.file("sheets/2020-02-03")).doesNotExist();
    assertThat(today).isDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sheets/notes.txt",
        "sheets/------------------------------------" + "-1.csv",
        "sheets/.csv",
        "sheets/2020-02-03/08/notes.txt",
        "sheets/2020-19-39/08/0190a3c2-6f00-7000-8000-000000000001-1.csv",
        "sheets/mine/0190a3c2-6f00-7000-8000-000000000001-1.csv"
      })
  void strayFileStaysAndStopsNoSweep(String name) throws IOException {
    Path stray = write(name);
    Path sheet = write("sheets/" + UUID.randomUUID() + "-1.csv");

    sweepAll();

    assertThat(stray).exists();
    assertThat(sheet).doesNotExist();
    Files.delete(stray);
  }

  private void sweepListed() {
    SERVICE.execute("UPDATE unneeded_sheet SET unneeded_since = now() - interval '31 s'");
    SERVICE.bean(SheetSweeper.class).sweep();
  }

  /** Two cycles' rounds, because the first round may be in the middle of a cycle. */
  private void sweepAll() throws IOException {
    try (Stream<Path> files = Files.walk(SERVICE.file("sheets"))) {
      long folders = files.filter(Files::isDirectory).count();
      for (int round = 0; round < 2 * folders; round++) {
        sweeper.sweep();
      }
    }
  }

  private static Path write(String name) throws IOException {
    return write(name, "something");
  }

  private static Path write(String name, String content) throws IOException {
    Path file = SERVICE.file(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
