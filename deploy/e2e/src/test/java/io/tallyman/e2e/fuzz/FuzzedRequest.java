package io.tallyman.e2e.fuzz;

import io.tallyman.e2e.Contract.Operation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request as bytes.
 *
 * @param operation the operation that it requests; null if the method or the path may be another
 *     one
 * @param isWhole whether another request can follow it on the connection; otherwise the sender
 *     closes the connection
 * @param isLarge whether it may be rejected before it is read, so that the answer may be lost
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FuzzedRequest(
    @Nullable Operation operation, String method, byte[] bytes, boolean isWhole, boolean isLarge) {

  /** The beginning as readable text. */
  @Override
  public String toString() {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    StringBuilder readable = new StringBuilder();
    text.chars()
        .limit(800)
        .forEach(
            one ->
                readable.append(
                    one >= ' ' && one < 0x7f
                        ? String.valueOf((char) one)
                        : "\\x%02x".formatted(one)));
    return operation + " " + bytes.length + " bytes: " + readable;
  }
}
