package io.tallyman.kit.disk;

import io.tallyman.kit.idempotency.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts the bytes that are written through it and computes their SHA-256. */
public final class MeasuredOutput extends FilterOutputStream {
  private final MessageDigest digest = Digest.algorithm();
  private long bytes;

  public MeasuredOutput(OutputStream target) {
    super(target);
  }

  public long bytes() {
    return bytes;
  }

  /** The SHA-256 of everything that was written, in hex. Call this once, at the end. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    out.write(source, offset, length);
    digest.update(source, offset, length);
    bytes += length;
  }
}
