package io.tallyman.worker.sheet.file;

import io.micronaut.context.annotation.Context;
import io.tallyman.kit.disk.DurableDirectory;
import io.tallyman.kit.disk.FreeSpace;
import io.tallyman.kit.disk.NewFile;
import io.tallyman.worker.sheet.SheetStore;
import io.tallyman.worker.sheet.StoredFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** A directory that all workers and billing-service mount. */
@Context
final class FileSheetStore implements SheetStore {
  private final DurableDirectory files;

  @Inject
  FileSheetStore(FileStoreConfiguration configuration) {
    this(
        configuration.directory(),
        FreeSpace.of(configuration.directory(), configuration.minFreeBytes()));
  }

  FileSheetStore(Path directory, FreeSpace space) {
    files = new DurableDirectory("tallyman.store.directory", directory, space, List.of());
  }

  @Override
  public NewFile begin(String name) throws IOException {
    return files.begin(name);
  }

  @Override
  public StoredFile describe(String name) throws IOException {
    BasicFileAttributes file = Files.readAttributes(files.path(name), BasicFileAttributes.class);
    return new StoredFile(file.size(), file.lastModifiedTime().toInstant());
  }

  @Override
  public InputStream read(String name) throws IOException {
    return Files.newInputStream(files.path(name));
  }

  @Override
  public void delete(String name) throws IOException {
    files.delete(name);
  }
}
