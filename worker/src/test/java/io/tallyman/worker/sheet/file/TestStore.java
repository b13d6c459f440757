package io.tallyman.worker.sheet.file;

import io.tallyman.kit.disk.FreeSpace;
import io.tallyman.worker.sheet.SheetStore;
import java.nio.file.Path;

/** A store in a directory of a test. */
public final class TestStore {
  private TestStore() {}

  public static SheetStore at(Path directory) {
    return at(directory, FreeSpace.of(directory, 0));
  }

  public static SheetStore at(Path directory, FreeSpace space) {
    return new FileSheetStore(directory, space);
  }
}
