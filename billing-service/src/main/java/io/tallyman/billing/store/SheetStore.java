package io.tallyman.billing.store;

import io.tallyman.kit.disk.FolderEntry;
import io.tallyman.kit.disk.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The files that this service shares with the workers: workers write sheets and read uploads, this
 * service reads sheets and writes uploads. A file is complete or absent, and never changes. {@link
 * StoreNames} makes the names. An object store could implement every method.
 */
public interface SheetStore {
  /** Whether so many bytes can be written and the store keeps its minimum of free space. */
  boolean hasRoomFor(long bytes);

  /**
   * Begins a file, which gets its name once all of it is written.
   *
   * @throws io.tallyman.kit.disk.DiskFull if the store has too little free space; writing to the
   *     file may throw it too
   */
  NewFile begin(String name) throws IOException;

  /**
   * Stores a file under a second name as well; each of the two can be deleted alone. A retry of an
   * import keeps the upload in this way. A file system makes a hard link, an object store a copy.
   *
   * @return whether the file exists
   */
  boolean link(String existing, String name) throws IOException;

  /** The size of a file in bytes; empty if there is none. */
  OptionalLong size(String name) throws IOException;

  /**
   * Opens a range of a file; what comes before it is not read. A file that ends within the range
   * fails while it is read.
   *
   * @return empty if there is no such file
   */
  Optional<InputStream> read(String name, long first, long length) throws IOException;

  /**
   * Removes a file, complete or unfinished.
   *
   * @return whether there was one
   */
  boolean delete(String name) throws IOException;

  /** Passes the entries of a folder on in batches, so that a large folder needs little memory. */
  void list(String folder, int batch, Consumer<List<FolderEntry>> batches) throws IOException;

  /** Removes a folder if nothing is in it. An object store has no folders and does nothing. */
  void removeIfEmpty(String folder) throws IOException;

  /**
   * The name under which a file is stored. Earlier releases stored all sheets in one folder and all
   * uploads in another; such files keep their names.
   *
   * @param name by {@link StoreNames}
   */
  default String locate(String name) throws IOException {
    String flat = StoreNames.withoutFolders(name);
    return size(name).isEmpty() && size(flat).isPresent() ? flat : name;
  }
}
