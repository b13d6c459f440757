package io.tallyman.worker.sheet;

import io.tallyman.kit.disk.NewFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a sheet while it is written. A small sheet stays in memory and goes to
 * billing-service with the outcome; so it needs neither a file nor an fsync. A larger one is a file
 * in the store. Used by one thread at a time.
 */
public final class SheetOutput extends OutputStream {
  private final Opener opener;
  private final int mostInline;
  private final ByteArrayOutputStream inline = new ByteArrayOutputStream();
  private @Nullable NewFile file;

  /** Begins the file in the store. It is called once, and only for a sheet that needs it. */
  @FunctionalInterface
  public interface Opener {
    NewFile open() throws IOException;
  }

  /**
   * @param mostInline the largest sheet, in bytes, that needs no file
   */
  public SheetOutput(Opener opener, int mostInline) {
    this.opener = opener;
    this.mostInline = mostInline;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (file == null && inline.size() + length <= mostInline) {
      inline.write(source, offset, length);
    } else {
      file().write(source, offset, length);
    }
  }

  private NewFile file() throws IOException {
    if (file == null) {
      file = opener.open();
      inline.writeTo(file);
    }
    return file;
  }

  /**
   * Completes the sheet. If it is a file, it has its name and survives a power cut when this
   * returns.
   *
   * @return the bytes of a small sheet; null if the sheet is a file
   */
  public byte @Nullable [] publish() throws IOException {
    if (file == null) {
      return inline.toByteArray();
    }
    file.publish();
    return null;
  }

  /** A file that was not published is removed. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
