package io.tallyman.standalone.client;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * One line that shows progress. On a terminal it is updated in place. Otherwise a new line is
 * printed from time to time.
 */
public final class ProgressLine {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

  private final PrintStream out;
  private final boolean inPlace;
  private String shown = "";
  private Instant shownAt = Instant.MIN;

  public ProgressLine(PrintStream out, boolean inPlace) {
    this.out = out;
    this.inPlace = inPlace;
  }

  public void show(String text) {
    if (text.equals(shown)) {
      return;
    }
    if (inPlace) {
      out.print("\r\u001b[K" + text);
      out.flush();
    } else if (shownAt.isBefore(Instant.now().minus(BETWEEN_LINES))) {
      out.println(text);
      shownAt = Instant.now();
    }
    shown = text;
  }

  /** Prints the final text of the line. */
  public void end(String text) {
    out.println(inPlace ? "\r\u001b[K" + text : text);
    shown = "";
    shownAt = Instant.MIN;
  }
}
