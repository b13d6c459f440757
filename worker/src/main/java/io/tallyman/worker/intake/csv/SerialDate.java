package io.tallyman.worker.intake.csv;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dates of spreadsheets: days since the end of 1899 or the beginning of 1904, with the time as
 * a fraction. The first of these calendars has a 29 February 1900, serial number 60, which never
 * was.
 */
final class SerialDate {
  private static final Pattern SERIAL = Pattern.compile("([0-9]{1,7})(?:[.,][0-9]{1,15})?");
  private static final LocalDate BEFORE_1900 = LocalDate.of(1899, 12, 31);
  private static final LocalDate FIRST_OF_1904 = LocalDate.of(1904, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
  private static final int NO_DAY = 60;

  private SerialDate() {}

  static @Nullable LocalDate read(String text, boolean since1904) {
    if (!SERIAL.matcher(text).matches()) {
      return null;
    }
    int days = Integer.parseInt(text.split("[.,]", 2)[0]);
    LocalDate date = since1904 ? FIRST_OF_1904.plusDays(days) : since1900(days);
    return date == null || date.isAfter(LAST) ? null : date;
  }

  private static @Nullable LocalDate since1900(int days) {
    if (days == 0 || days == NO_DAY) {
      return null;
    }
    return BEFORE_1900.plusDays(days < NO_DAY ? days : days - 1L);
  }

  /** The serial number of a date after February 1900. */
  static String example(LocalDate date, boolean since1904) {
    long days =
        since1904
            ? ChronoUnit.DAYS.between(FIRST_OF_1904, date)
            : ChronoUnit.DAYS.between(BEFORE_1900, date) + 1;
    return Long.toString(days);
  }
}
