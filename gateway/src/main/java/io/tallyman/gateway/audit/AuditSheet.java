package io.tallyman.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.core.propagation.PropagatedContext;
import io.tallyman.gateway.audit.AuditEvent.Position;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A CSV of events, at most {@link #MOST_ROWS}, in the order of the list. It reads the events when
 * somebody reads it, and holds one page of them. If a service fails in the middle, reading fails,
 * so that nobody takes a part for the whole.
 */
final class AuditSheet extends InputStream {
  static final int MOST_ROWS = 100_000;

  private static final int PAGE = 1_000;

  private final Rows rows;
  private final CsvLine line;
  private final PropagatedContext context;

  private @Nullable Position last;
  private byte[] bytes;
  private int next;
  private int left = MOST_ROWS;

  /** Reads the events after a position. */
  @FunctionalInterface
  interface Rows {
    List<AuditEvent> after(@Nullable Position position, int count);
  }

  /**
   * Reads the first events at once, so that a service that is away leads to a problem.
   *
   * @param context of the request for the sheet, whose sender reads the events
   */
  AuditSheet(Rows rows, CsvLine line, @Nullable Position after, PropagatedContext context) {
    this.rows = rows;
    this.line = line;
    this.context = context;
    this.last = after;
    this.bytes = (CsvLine.BEGIN + page()).getBytes(UTF_8);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next == bytes.length && left > 0) {
      bytes = readOn().getBytes(UTF_8);
      next = 0;
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, into, offset, count);
    next += count;
    return count == 0 ? -1 : count;
  }

  private String readOn() throws IOException {
    try (var _ = context.propagate()) {
      return page();
    } catch (RuntimeException failure) {
      throw new IOException("A service failed while the audit log was read.", failure);
    }
  }

  private String page() {
    int wanted = Math.min(PAGE, left);
    List<AuditEvent> found = rows.after(last, wanted);
    left = found.size() < wanted ? 0 : left - wanted;
    if (!found.isEmpty()) {
      last = found.getLast().position();
    }
    return found.stream().map(line::of).collect(Collectors.joining());
  }
}
