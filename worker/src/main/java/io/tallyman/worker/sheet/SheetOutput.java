package io.tallyman.worker.sheet;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The file of a sheet while it is written: counts the bytes and computes their digest. */
final class SheetOutput extends OutputStream {
  private final FileOutputStream file;
  private final MessageDigest digest = sha256();
  private long bytes;

  SheetOutput(Path file) throws IOException {
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
    file.write(source, offset, length);
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
