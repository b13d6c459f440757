package io.tallyman.billing.sheet;

import io.tallyman.kit.disk.FreeSpace;
import java.nio.file.Path;

/** A store in a test's directory. */
public final class TestStore {
  private TestStore() {}

  public static Store at(Path directory, FreeSpace space) {
    return new Store(directory, space);
  }
}
