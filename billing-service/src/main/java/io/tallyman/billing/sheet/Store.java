package io.tallyman.billing.sheet;

import io.micronaut.context.annotation.Context;
import io.tallyman.kit.disk.FreeSpace;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * The sheet store: a directory that this service and the workers share. Workers write sheets; this
 * service writes uploads.
 */
@Context
public class Store {
  private final Path directory;
  private final FreeSpace space;

  @Inject
  Store(StoreConfiguration configuration) {
    this(
        configuration.directory(),
        FreeSpace.of(configuration.directory(), configuration.minFreeBytes()));
  }

  Store(Path directory, FreeSpace space) {
    this.directory = directory.toAbsolutePath().normalize();
    this.space = space;
    try {
      Files.createDirectories(this.directory.resolve(StoreNames.SHEETS));
      Files.createDirectories(this.directory.resolve(StoreNames.UPLOADS));
    } catch (IOException failure) {
      throw new IllegalStateException(
          "tallyman.store.directory: " + directory + " cannot be created or written to", failure);
    }
    if (!Files.isWritable(directory.resolve(StoreNames.UPLOADS))) {
      throw new IllegalStateException(
          "tallyman.store.directory: " + directory + " cannot be written to");
    }
  }

  /** The path of a file; {@link StoreNames} makes the names. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Whether the disk keeps its minimum of free space when this many bytes are written. */
  public boolean hasRoomFor(long bytes) {
    return space.hasRoomFor(bytes);
  }

  /** The size of a file in bytes, empty if there is none. */
  OptionalLong size(String name) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(name)));
    } catch (NoSuchFileException absent) {
      return OptionalLong.empty();
    }
  }

  /**
   * Opens a part of a file, without reading the bytes before it.
   *
   * @throws NoSuchFileException if there is no such file
   */
  InputStream read(String name, long first, long length) throws IOException {
    FileChannel file = FileChannel.open(path(name), StandardOpenOption.READ);
    return new FilePart(Channels.newInputStream(file.position(first)), length);
  }

  /** Passes the files of a folder on in batches, so that memory does not grow with their number. */
  void forEachBatch(String folder, int size, Consumer<List<Path>> batches) throws IOException {
    try (Stream<Path> files = Files.list(path(folder))) {
      files.gather(Gatherers.windowFixed(size)).forEach(batches);
    }
  }

  /** Syncs the folder of a file, so that the file's name survives a power failure. */
  public void syncFolderOf(Path file) throws IOException {
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
