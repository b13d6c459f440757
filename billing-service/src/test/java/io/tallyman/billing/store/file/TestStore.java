package io.tallyman.billing.store.file;

import io.tallyman.billing.store.SheetStore;
import io.tallyman.kit.disk.FreeSpace;
import java.nio.file.Path;

/** A store in a directory of a test. */
public final class TestStore {
  private TestStore() {}

  public static SheetStore at(Path directory, FreeSpace space) {
    return new FileSheetStore(directory, space);
  }
}
