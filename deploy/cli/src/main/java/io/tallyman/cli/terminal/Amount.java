package io.tallyman.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Numbers as people read them. Decimal strings stay exact. */
public final class Amount {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};
  private static final int CELLS = 20;

  private Amount() {}

  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 row}, {@code 2,000 rows}. */
  public static String rows(long number) {
    return count(number) + (number == 1 ? " row" : " rows");
  }

  public static String bytes(long number) {
    if (number < 1_000) {
      return number + " bytes";
    }
    double rest = number / 1_000.0;
    int unit = 0;
    while (rest >= 999.95 && unit < UNITS.length - 1) {
      rest /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", rest, UNITS[unit]);
  }

  /** {@code GBP 1,234.50 and EUR 2.00}; empty if there are none. */
  public static String totals(JsonNode totals) {
    return String.join(
        " and ",
        totals
            .valueStream()
            .map(
                total ->
                    total.path("currency").asString("")
                        + " "
                        + grouped(total.path("payable").asString("")))
            .toList());
  }

  /** Groups the digits before the point in threes. */
  static String grouped(String decimal) {
    int point = decimal.indexOf('.');
    String whole = point < 0 ? decimal : decimal.substring(0, point);
    return whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",") + decimal.substring(whole.length());
  }

  public static String time(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return "%d min %d s".formatted(seconds / 60, seconds % 60);
    }
    return "%d h %d min".formatted(seconds / 3_600, seconds / 60 % 60);
  }

  /** {@code [##########----------] 50%}. */
  public static String bar(long done, long total) {
    long part = Math.clamp(done, 0, total);
    int full = Math.toIntExact(part * CELLS / total);
    return "[%s%s] %3d%%".formatted("#".repeat(full), "-".repeat(CELLS - full), part * 100 / total);
  }
}
