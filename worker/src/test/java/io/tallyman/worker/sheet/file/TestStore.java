package io.tallyman.worker.sheet.file;

import io.tallyman.kit.disk.FreeSpace;
import io.tallyman.worker.sheet.SheetStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A store in a directory of a test. */
public final class TestStore {
  private TestStore() {}

  public static SheetStore at(Path directory) {
    return at(directory, FreeSpace.of(directory, 0));
  }

  public static SheetStore at(Path directory, FreeSpace space) {
    return new FileSheetStore(directory, space);
  }

  /** All files in a folder and below, finished or not; none if there is no such folder. */
  public static List<Path> files(Path folder) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
