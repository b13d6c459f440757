package io.tallyman.worker.sheet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.worker.sheet.file.TestStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SheetOutputTest {
  private static final int MOST_INLINE = 10;
  private static final String NAME = "sheets/2026-11-28/07/a-sheet.csv";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10})
  void smallSheetNeedsNoFile(int length) throws IOException {
    try (SheetOutput output = output()) {
      output.write("x".repeat(length).getBytes(US_ASCII));

      assertThat(output.publish()).asString(US_ASCII).isEqualTo("x".repeat(length));
    }
    assertThat(TestStore.files(directory)).isEmpty();
  }

  @Test
  void largerSheetIsAFileWithAllOfIt() throws IOException {
    try (SheetOutput output = output()) {
      output.write("0123456".getBytes(US_ASCII));
      output.write("789".getBytes(US_ASCII));
      assertThat(TestStore.files(directory)).isEmpty();

      output.write('a');
      output.write("bc".getBytes(US_ASCII));

      assertThat(output.publish()).isNull();
    }
    assertThat(directory.resolve(NAME)).hasContent("0123456789abc");
  }

  @Test
  void sheetThatIsLargeAtOnceIsAFile() throws IOException {
    try (SheetOutput output = output()) {
      output.write("0123456789a".getBytes(US_ASCII));

      assertThat(output.publish()).isNull();
    }
    assertThat(directory.resolve(NAME)).hasContent("0123456789a");
  }

  @Test
  void unfinishedFileIsRemoved() throws IOException {
    try (SheetOutput output = output()) {
      output.write("0123456789a".getBytes(US_ASCII));
    }
    assertThat(directory.resolve(NAME).getParent()).isEmptyDirectory();
  }

  private SheetOutput output() {
    return new SheetOutput(() -> TestStore.at(directory).begin(NAME), MOST_INLINE);
  }
}
