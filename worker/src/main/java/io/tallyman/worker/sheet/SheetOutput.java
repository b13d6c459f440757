package io.tallyman.worker.sheet;

import io.tallyman.kit.disk.FreeSpace;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The file of a sheet that is being written. It counts the bytes and computes their SHA-256. Before
 * the first byte and after each mebibyte it checks the free space of the disk, and throws {@link
 * StoreFull} if there is too little.
 */
final class SheetOutput extends OutputStream {
  private static final long BETWEEN_LOOKS = 1 << 20;

  private final FreeSpace space;
  private final FileOutputStream file;
  private final MessageDigest digest = sha256();
  private long bytes;
  private long looked;

  SheetOutput(Path file, FreeSpace space) throws IOException {
    this.space = space;
    requireRoom(null);
    this.file = new FileOutputStream(file.toFile());
  }

  long bytes() {
    return bytes;
  }

  /** The SHA-256 of all written bytes, in hex. Call it once. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (bytes - looked >= BETWEEN_LOOKS) {
      requireRoom(null);
      looked = bytes;
    }
    try {
      file.write(source, offset, length);
    } catch (IOException failure) {
      requireRoom(failure);
      throw failure;
    }
    digest.update(source, offset, length);
    bytes += length;
  }

  /** Returns when all written bytes survive a power failure. */
  void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void requireRoom(@Nullable IOException failure) throws StoreFull {
    if (!space.hasRoomFor(0)) {
      throw new StoreFull(failure);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
