package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingsTableTest {
  private static final Path HOME = Path.of("..", "..");

  @Test
  void tablesInTheDocumentsHaveEverySettingWithItsServicesAndDefaultsAndNoOther()
      throws IOException {
    List<Setting> described = SettingsTable.in(Document.read(HOME.resolve("docs/operations.md")));
    List<Setting> known = new KnownSettings(HOME).find();

    assertThat(described).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(known);
  }
}
