package io.tallyman.billing.store.file;

import io.micronaut.context.annotation.Context;
import io.tallyman.billing.store.SheetStore;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.kit.disk.DurableDirectory;
import io.tallyman.kit.disk.FolderEntry;
import io.tallyman.kit.disk.FreeSpace;
import io.tallyman.kit.disk.NewFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A directory that this service and all workers mount. */
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
    files =
        new DurableDirectory("tallyman.store.directory", directory, space, StoreNames.TOP_FOLDERS);
  }

  @Override
  public boolean hasRoomFor(long bytes) {
    return files.hasRoomFor(bytes);
  }

  @Override
  public NewFile begin(String name) throws IOException {
    return files.begin(name);
  }

  @Override
  public boolean link(String existing, String name) throws IOException {
    return files.link(existing, name);
  }

  @Override
  public OptionalLong size(String name) throws IOException {
    return files.size(name);
  }

  @Override
  public Optional<InputStream> read(String name, long first, long length) throws IOException {
    try {
      FileChannel file = FileChannel.open(files.path(name), StandardOpenOption.READ);
      return Optional.of(new FilePart(Channels.newInputStream(file.position(first)), length));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  @Override
  public boolean delete(String name) throws IOException {
    return files.delete(name);
  }

  @Override
  public void list(String folder, int batch, Consumer<List<FolderEntry>> batches)
      throws IOException {
    files.list(folder, batch, batches);
  }

  @Override
  public void removeIfEmpty(String folder) throws IOException {
    files.removeIfEmpty(folder);
  }
}
