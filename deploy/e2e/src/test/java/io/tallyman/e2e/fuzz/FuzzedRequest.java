package io.tallyman.e2e.fuzz;

import io.tallyman.e2e.Contract.Operation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire.
 *
 * @param operation that it is still a request for; null where the method or the path may be others
 * @param isWhole whether it is one request that is sound enough for another to follow it; else the
 *     sender is done after it
 * @param isLarge whether it may be refused before it was read, and the answer be lost with it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FuzzedRequest(
    @Nullable Operation operation, String method, byte[] bytes, boolean isWhole, boolean isLarge) {

  /** The beginning, readable. */
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
