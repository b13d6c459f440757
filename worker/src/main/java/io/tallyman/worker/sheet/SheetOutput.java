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
 * The file of a sheet while it is written: counts the bytes and computes their digest. Before it
 * begins, and at every mebibyte, it looks whether the disk has room for more, and fails with {@link
 * StoreFull} where it has not.
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

  /** In hex, of everything that was written; to be asked for once. */
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

  /** Returns when all that was written survives a power cut. */
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
