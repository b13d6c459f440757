package io.tallyman.billing.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tallyman.billing.store.StoreNames.SheetOf;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StoreNamesTest {
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-0000000000c5");

  @Test
  void nameHasTheDayOfTheTaskAndOneOfSomeFolders() {
    assertThat(StoreNames.sheet(TASK, 2)).isEqualTo("sheets/2025-06-24/05/" + TASK + "-2.csv");
    assertThat(StoreNames.upload(TASK)).isEqualTo("uploads/2025-06-24/05/" + TASK);
  }

  @Test
  void tasksOfAMomentAreSpreadOverAllFolders() {
    assertThat(
            Stream.generate(UuidCreator::getTimeOrderedEpoch)
                .limit(5_000)
                .map(StoreNames::upload)
                .map(name -> Path.of(name).getName(2))
                .collect(Collectors.toSet()))
        .hasSize(StoreNames.SUB_FOLDERS);
  }

  @Test
  void ownerIsReadBackFromANameWithAndWithoutFolders() {
    String sheet = StoreNames.sheet(TASK, 2);

    assertThat(StoreNames.sheetOf(sheet)).contains(new SheetOf(TASK, 2));
    assertThat(StoreNames.withoutFolders(sheet)).isEqualTo("sheets/" + TASK + "-2.csv");
    assertThat(StoreNames.sheetOf(StoreNames.withoutFolders(sheet))).contains(new SheetOf(TASK, 2));
    assertThat(StoreNames.uploadOf(StoreNames.upload(TASK))).contains(TASK);
    assertThat(StoreNames.withoutFolders(StoreNames.upload(TASK))).isEqualTo("uploads/" + TASK);
  }

  @Test
  void onlyFoldersOfDaysHaveADay() {
    LocalDate day = LocalDate.of(2025, 6, 24);

    assertThat(StoreNames.dayOf("sheets/2025-06-24")).contains(day);
    assertThat(StoreNames.dayOf("uploads/2025-06-24/63")).contains(day);
    assertThat(
            Stream.of("sheets", "sheets/mine", "sheets/2025-19-39", "sheets/2025-06-24/07/a")
                .map(StoreNames::dayOf))
        .allMatch(Optional::isEmpty);
  }
}
