package io.tallyman.kit.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;

/** Reads instants from text. A time without a time zone is not an instant, and is never guessed. */
public final class InstantText {
  private InstantText() {}

  static Instant read(String text) throws WrongType {
    try {
      return Instant.parse(text);
    } catch (DateTimeException unreadable) {
      throw new WrongType(fault(text));
    }
  }

  /** Says why a text is not an instant, and what to send instead. */
  public static String fault(String text) {
    // In a query, a plus sign that is not encoded means a space.
    String withPlus = text.replace(' ', '+');
    if (!withPlus.equals(text) && isInstant(withPlus)) {
      return "a \"+\" in a query means a space; send it as \"%2B\": "
          + withPlus.replace("+", "%2B");
    }
    return isLocal(text)
        ? "has no time zone; add \"Z\" for UTC, or an offset such as \"+02:00\""
        : "must be a time with a time zone, such as \"2026-01-31T08:00:00Z\"";
  }

  private static boolean isInstant(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeException other) {
      return false;
    }
  }

  private static boolean isLocal(String text) {
    try {
      LocalDateTime.parse(text.replaceFirst(" ", "T"));
      return true;
    } catch (DateTimeException other) {
      return false;
    }
  }
}
