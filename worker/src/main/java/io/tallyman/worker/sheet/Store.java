package io.tallyman.worker.sheet;

import io.micronaut.context.annotation.Context;
import io.tallyman.kit.disk.FreeSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sheet store: a directory that this worker shares with the others and with billing-service,
 * which alone decides what the files in it are called.
 */
@Context
public final class Store {
  private final Path directory;
  private final FreeSpace space;

  Store(StoreConfiguration configuration) {
    directory = configuration.directory().toAbsolutePath().normalize();
    try {
      Files.createDirectories(directory);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "tallyman.store.directory: " + directory + " cannot be made", failure);
    }
    if (!Files.isWritable(directory)) {
      throw new IllegalStateException(
          "tallyman.store.directory: " + directory + " cannot be written to");
    }
    space = FreeSpace.of(directory, configuration.minFreeBytes());
  }

  /** Begins a sheet under a name that billing-service gave, see {@link SheetWriter}. */
  public SheetWriter begin(String sheet, List<Column> columns, SheetFormat format)
      throws IOException {
    return SheetWriter.begin(path(sheet), columns, format, space);
  }

  /** The place of a file whose name billing-service gave. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Removes a sheet, finished or not; there need not be one. */
  public void delete(String sheet) throws IOException {
    Files.deleteIfExists(SheetWriter.unfinished(path(sheet)));
    Files.deleteIfExists(path(sheet));
  }
}
