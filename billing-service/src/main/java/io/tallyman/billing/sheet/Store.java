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

/** The sheet store: a directory that workers share. They write sheets, this service the uploads. */
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
          "tallyman.store.directory: " + directory + " cannot be made or written to", failure);
    }
    if (!Files.isWritable(directory.resolve(StoreNames.UPLOADS))) {
      throw new IllegalStateException(
          "tallyman.store.directory: " + directory + " cannot be written to");
    }
  }

  /** The place of a file; names are made by {@link StoreNames}. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Whether so many bytes can be written, and the disk keeps its minimum of free space. */
  public boolean hasRoomFor(long bytes) {
    return space.hasRoomFor(bytes);
  }

  /** The size of a file in bytes, empty if there is none. */
  public OptionalLong size(String name) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(name)));
    } catch (NoSuchFileException absent) {
      return OptionalLong.empty();
    }
  }

  /**
   * Opens a part of a file; what stands before it is not read.
   *
   * @throws NoSuchFileException if there is no such file
   */
  public InputStream read(String name, long first, long length) throws IOException {
    FileChannel file = FileChannel.open(path(name), StandardOpenOption.READ);
    return new FilePart(Channels.newInputStream(file.position(first)), length);
  }

  /** Hands the files of a folder over in batches, so that however many there are take no room. */
  void forEachBatch(String folder, int size, Consumer<List<Path>> batches) throws IOException {
    try (Stream<Path> files = Files.list(path(folder))) {
      files.gather(Gatherers.windowFixed(size)).forEach(batches);
    }
  }

  /** Makes sure that names in a folder survive a loss of power. */
  public void syncFolderOf(Path file) throws IOException {
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
