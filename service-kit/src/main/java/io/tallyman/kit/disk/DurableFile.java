package io.tallyman.kit.disk;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A new file on a disk. Its name ends with {@code .part} until the file is complete. After each
 * mebibyte it checks the free space of the disk, and throws {@link DiskFull} if that is too little.
 */
final class DurableFile extends NewFile {
  private static final String UNFINISHED = ".part";
  private static final long BETWEEN_LOOKS = 1 << 20;

  private final Path file;
  private final Path unfinished;
  private final FreeSpace space;
  private final FileOutputStream output;
  private long sinceLook;
  private boolean named;
  private boolean published;

  /**
   * @throws java.nio.file.NoSuchFileException if the folder does not exist
   */
  DurableFile(Path file, FreeSpace space) throws IOException {
    this.file = file;
    unfinished = unfinished(file);
    this.space = space;
    OwnerOnly.makeFile(unfinished);
    output = new FileOutputStream(unfinished.toFile());
  }

  /** The name of a file while it is being written. */
  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  /** The final name of a file, whether the file is complete or unfinished. */
  static String finished(String name) {
    return name.endsWith(UNFINISHED)
        ? name.substring(0, name.length() - UNFINISHED.length())
        : name;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (sinceLook >= BETWEEN_LOOKS) {
      requireRoom(length, null);
      sinceLook = 0;
    }
    try {
      output.write(source, offset, length);
    } catch (IOException failure) {
      requireRoom(0, failure);
      throw failure;
    }
    sinceLook += length;
  }

  @Override
  public void publish() throws IOException {
    output.getFD().sync();
    output.close();
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    named = true;
    DurableDirectory.sync(DurableDirectory.folderOf(file));
    published = true;
  }

  @Override
  public void close() throws IOException {
    try {
      output.close();
    } finally {
      if (!published) {
        Files.deleteIfExists(named ? file : unfinished);
      }
    }
  }

  private void requireRoom(long bytes, @Nullable IOException failure) throws DiskFull {
    if (!space.hasRoomFor(bytes)) {
      throw new DiskFull(failure);
    }
  }
}
