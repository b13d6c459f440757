package io.tallyman.worker.sheet;

import java.nio.file.Path;

/** A store in a test's directory. */
public final class TestStore {
  private TestStore() {}

  public static Store at(Path directory) {
    return new Store(new StoreConfiguration(directory, 0));
  }
}
