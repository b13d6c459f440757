package io.tallyman.worker.intake.csv;

import java.text.ParsePosition;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The format of dates in a file: {@code d} or {@code dd}; {@code M}, {@code MM}, {@code MMM} or
 * {@code MMMM} (the month's English name, short or full, in upper or lower case); and {@code yy}
 * (2000 to 2099) or {@code yyyy}. Each occurs once, in any order, with or without separators. Or
 * {@code ISO}. A date is accepted only if its year is 1 to 9999 and the text cannot mean another
 * date too.
 */
public final class DateFormat {
  private static final String ISO = "yyyy-MM-dd";
  private static final int CENTURY = 2000;
  private static final LocalDate EXAMPLE = LocalDate.of(2022, 3, 31);
  private static final Pattern PART = Pattern.compile("\\G(?:d{1,2}|M{1,4}|yyyy|yy|[ ./,-])");

  /**
   * Several formatters if a number may have one or two digits and another number follows without a
   * separator.
   */
  private final List<DateTimeFormatter> readings;

  private DateFormat(List<DateTimeFormatter> readings) {
    this.readings = readings;
  }

  public static DateFormat of(@Nullable String pattern) {
    String given = pattern == null || pattern.equals("ISO") ? ISO : pattern;
    List<String> parts = PART.matcher(given).results().map(MatchResult::group).toList();
    boolean isKnown = String.join("", parts).equals(given);
    if (!isKnown || !"dMy".chars().allMatch(letter -> isOnce(parts, letter))) {
      throw CsvFormat.invalid("date_format", given);
    }
    List<DateTimeFormatter> readings = new ArrayList<>();
    for (Digits day : Digits.of(parts, "d")) {
      for (Digits month : Digits.of(parts, "M")) {
        readings.add(formatter(parts, day, month));
      }
    }
    return new DateFormat(List.copyOf(readings));
  }

  /** The date; null if the text does not have this format or is ambiguous. */
  public @Nullable LocalDate read(String text) {
    LocalDate found = null;
    for (DateTimeFormatter reading : readings) {
      LocalDate date = read(reading, text);
      if (date != null && found != null) {
        return null;
      }
      found = date == null ? found : date;
    }
    return found;
  }

  /** An example for error messages. */
  public String example() {
    return readings.getLast().format(EXAMPLE);
  }

  /** Throws nothing for text that is no date: a file may have millions of those. */
  private static @Nullable LocalDate read(DateTimeFormatter reading, String text) {
    ParsePosition end = new ParsePosition(0);
    TemporalAccessor parsed = reading.parseUnresolved(text, end);
    if (parsed == null || end.getIndex() < text.length()) {
      return null;
    }
    int year = (int) parsed.getLong(ChronoField.YEAR);
    long month = parsed.getLong(ChronoField.MONTH_OF_YEAR);
    int day = (int) parsed.getLong(ChronoField.DAY_OF_MONTH);
    if (year < 1 || !ChronoField.MONTH_OF_YEAR.range().isValidValue(month)) {
      return null;
    }
    YearMonth of = YearMonth.of(year, (int) month);
    return of.isValidDay(day) ? of.atDay(day) : null;
  }

  private static DateTimeFormatter formatter(List<String> parts, Digits day, Digits month) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    for (String part : parts) {
      switch (part) {
        case "d" -> day.append(builder, ChronoField.DAY_OF_MONTH);
        case "dd" -> builder.appendValue(ChronoField.DAY_OF_MONTH, 2);
        case "M" -> month.append(builder, ChronoField.MONTH_OF_YEAR);
        case "MM" -> builder.appendValue(ChronoField.MONTH_OF_YEAR, 2);
        case "MMM" -> builder.appendText(ChronoField.MONTH_OF_YEAR, monthNames(3));
        case "MMMM" -> builder.appendText(ChronoField.MONTH_OF_YEAR, monthNames(9));
        case "yy" -> builder.appendValueReduced(ChronoField.YEAR, 2, 2, CENTURY);
        case "yyyy" -> builder.appendValue(ChronoField.YEAR, 4);
        default -> builder.appendLiteral(part);
      }
    }
    return builder.toFormatter(Locale.ENGLISH);
  }

  private static boolean isOnce(List<String> parts, int letter) {
    return parts.stream().filter(part -> part.charAt(0) == letter).count() == 1;
  }

  private static Map<Long, String> monthNames(int longest) {
    return Arrays.stream(Month.values())
        .collect(
            Collectors.toMap(
                month -> (long) month.getValue(),
                month -> {
                  String name = month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                  return name.substring(0, Math.min(longest, name.length()));
                }));
  }

  /** The possible number of digits of a number without leading zeros. */
  private record Digits(int fewest, int most) {
    static List<Digits> of(List<String> parts, String letter) {
      int next = parts.indexOf(letter) + 1;
      boolean isFollowedByDigits =
          next > 0 && next < parts.size() && parts.get(next).matches("d+|M{1,2}|y+");
      return isFollowedByDigits
          ? List.of(new Digits(1, 1), new Digits(2, 2))
          : List.of(new Digits(1, 2));
    }

    void append(DateTimeFormatterBuilder builder, ChronoField field) {
      builder.appendValue(field, fewest, most, SignStyle.NOT_NEGATIVE);
    }
  }
}
