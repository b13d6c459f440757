package io.tallyman.billing.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.store.file.TestStore;
import io.tallyman.kit.disk.FolderEntry;
import io.tallyman.kit.disk.FreeSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderCycleTest {
  @TempDir private Path directory;
  private final List<String> seen = new ArrayList<>();
  private FolderCycle cycle;

  @BeforeEach
  void start() {
    SheetStore store = TestStore.at(directory, FreeSpace.of(directory, 0));
    cycle = new FolderCycle(store, "sheets");
  }

  @Test
  void eachRoundVisitsOneFolderAndACycleAllOfThem() throws IOException {
    write("sheets/flat");
    write("sheets/2999-01-01/07/a");
    write("sheets/2999-01-02/08/b");
    write("sheets/mine/c");

    cycle.round(this::see);
    assertThat(seen).containsExactly("sheets/flat");

    assertThat(1 + roundsUntilComplete()).isEqualTo(5);
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "sheets/flat", "sheets/2999-01-01/07/a", "sheets/2999-01-02/08/b");

    cycle.round(this::see);
    assertThat(seen).endsWith("sheets/flat");
  }

  @Test
  void allFoldersAreVisitedWithinADay() throws IOException {
    LocalDate first = LocalDate.of(2999, 1, 1);
    for (int day = 0; day < 1_000; day++) {
      Files.createDirectory(directory.resolve("sheets/" + first.plusDays(day)));
    }

    cycle.round(this::see);
    int rounds = roundsUntilComplete() * (1 + StoreNames.SUB_FOLDERS);

    assertThat(rounds * FolderCycle.SECONDS_BETWEEN_ROUNDS).isLessThan(24 * 60 * 60);
  }

  private int roundsUntilComplete() throws IOException {
    int rounds = 0;
    while (!cycle.isComplete()) {
      cycle.round(this::see);
      rounds++;
    }
    return rounds;
  }

  private void see(List<FolderEntry> files) {
    files.forEach(file -> seen.add(file.name()));
  }

  private void write(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }
}
