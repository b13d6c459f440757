package io.tallyman.kit.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Files in folders below one directory, which other processes may use too. What is written here is
 * complete or absent and survives a power cut: the file and its folder are synced, and so is the
 * parent of each folder, but only once, before the first file in the folder. Names are relative to
 * the directory, with slashes. Another process may remove empty folders at any time. Other users of
 * the machine can open neither the files nor the folders that are made here.
 */
public final class DurableDirectory {
  /** The set of known folders is cleared at this size; its folders are then synced once more. */
  private static final int KNOWN_FOLDERS = 10_000;

  /** How often to try to create a file if another process removes its folder meanwhile. */
  private static final int TRIES = 5;

  private final Path root;
  private final FreeSpace space;
  private final Set<Path> durableFolders = ConcurrentHashMap.newKeySet();

  /**
   * Creates the directory and the given folders in it, if they do not exist.
   *
   * @param setting the name of the setting that names the directory
   * @throws IllegalStateException if one of them cannot be created or is not writable
   */
  public DurableDirectory(String setting, Path directory, FreeSpace space, List<String> folders) {
    root = directory.toAbsolutePath().normalize();
    this.space = space;
    try {
      OwnerOnly.makeFolders(root);
      for (String folder : folders) {
        OwnerOnly.makeFolders(path(folder));
      }
    } catch (IOException failure) {
      throw new IllegalStateException(setting + ": " + root + " cannot be made", failure);
    }
    if (!(folders.isEmpty() ? List.of("") : folders)
        .stream().map(this::path).allMatch(Files::isWritable)) {
      throw new IllegalStateException(setting + ": " + root + " cannot be written to");
    }
  }

  /** The path of a file or folder. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** Whether so many bytes can be written and the disk keeps its minimum of free space. */
  public boolean hasRoomFor(long bytes) {
    return space.hasRoomFor(bytes);
  }

  /**
   * Begins a new file.
   *
   * @throws DiskFull if the disk has too little free space; writing to the file may throw it too
   */
  public NewFile begin(String name) throws IOException {
    if (!space.hasRoomFor(0)) {
      throw new DiskFull(null);
    }
    Path file = path(name);
    return inFolderOf(file, () -> new DurableFile(file, space));
  }

  /**
   * Gives a file a second name.
   *
   * @return whether the file exists
   */
  public boolean link(String existing, String name) throws IOException {
    Path source = path(existing);
    Path file = path(name);
    try {
      inFolderOf(file, () -> Files.createLink(file, source));
    } catch (NoSuchFileException failure) {
      if (Files.exists(source)) {
        throw failure;
      }
      return false;
    }
    sync(folderOf(file));
    return true;
  }

  /**
   * Removes a file, complete or unfinished.
   *
   * @return whether there was one
   */
  public boolean delete(String name) throws IOException {
    Path file = path(name);
    boolean unfinished = Files.deleteIfExists(DurableFile.unfinished(file));
    return Files.deleteIfExists(file) || unfinished;
  }

  /** The size of a complete file in bytes; empty if there is none. */
  public OptionalLong size(String name) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(name)));
    } catch (NoSuchFileException absent) {
      return OptionalLong.empty();
    }
  }

  /** Passes the entries of a folder on in batches, so that a large folder needs little memory. */
  public void list(String folder, int batch, Consumer<List<FolderEntry>> batches)
      throws IOException {
    try (Stream<Path> entries = Files.list(path(folder))) {
      entries
          .flatMap(entry -> describe(folder, entry).stream())
          .gather(Gatherers.windowFixed(batch))
          .forEach(batches);
    } catch (NoSuchFileException removed) {
      // a folder that was removed has no entries
    }
  }

  /** Removes a folder if nothing is in it. */
  public void removeIfEmpty(String folder) throws IOException {
    try {
      Files.deleteIfExists(path(folder));
    } catch (DirectoryNotEmptyException used) {
      // a folder with entries stays
    }
  }

  private static Optional<FolderEntry> describe(String folder, Path entry) {
    try {
      Map<String, Object> attributes = Files.readAttributes(entry, "unix:isDirectory,ctime");
      String name = folder + '/' + DurableFile.finished(entry.getFileName().toString());
      FileTime changed = (FileTime) Objects.requireNonNull(attributes.get("ctime"));
      return Optional.of(
          new FolderEntry(
              name, Boolean.TRUE.equals(attributes.get("isDirectory")), changed.toInstant()));
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Every file and folder here is below the root, so it is in a folder. */
  static Path folderOf(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private interface Creation<T> {
    T create() throws IOException;
  }

  private <T> T inFolderOf(Path file, Creation<T> creation) throws IOException {
    Path folder = folderOf(file);
    for (int tries = 1; ; tries++) {
      try {
        makeDurable(folder);
        return creation.create();
      } catch (NoSuchFileException | FileNotFoundException failure) {
        if (tries == TRIES || Files.isDirectory(folder)) {
          throw failure;
        }
        forget(folder);
      }
    }
  }

  private void makeDurable(Path folder) throws IOException {
    if (folder.equals(root) || durableFolders.contains(folder)) {
      return;
    }
    Path parent = folderOf(folder);
    makeDurable(parent);
    try {
      OwnerOnly.makeFolder(folder);
    } catch (FileAlreadyExistsException made) {
      // another process may have created it and not synced it yet
    }
    sync(parent);
    if (durableFolders.size() >= KNOWN_FOLDERS) {
      durableFolders.clear();
    }
    durableFolders.add(folder);
  }

  /** Forgets the folders above as well, because they may have been removed too. */
  private void forget(Path folder) {
    for (Path above = folder; !above.equals(root); above = folderOf(above)) {
      durableFolders.remove(above);
    }
  }
}
