package io.tallyman.worker.sheet;

import io.micronaut.context.annotation.Context;
import io.tallyman.kit.disk.FreeSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sheet store: a directory that all workers and billing-service share. Only billing-service
 * chooses the names of files.
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
          "tallyman.store.directory: " + directory + " cannot be created", failure);
    }
    if (!Files.isWritable(directory)) {
      throw new IllegalStateException(
          "tallyman.store.directory: " + directory + " cannot be written to");
    }
    space = FreeSpace.of(directory, configuration.minFreeBytes());
  }

  /** Begins a sheet under a name that billing-service chose; see {@link SheetWriter}. */
  public SheetWriter begin(String sheet, List<Column> columns, SheetFormat format)
      throws IOException {
    return SheetWriter.begin(path(sheet), columns, format, space);
  }

  /** The path of a file whose name billing-service chose. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Deletes a sheet, finished or not, if there is one. */
  public void delete(String sheet) throws IOException {
    Files.deleteIfExists(SheetWriter.unfinished(path(sheet)));
    Files.deleteIfExists(path(sheet));
  }
}
