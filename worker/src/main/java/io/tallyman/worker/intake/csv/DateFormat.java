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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The formats of dates in a file, in the order in which they are tried, with {@code |} between
 * them. A format consists of {@code d} or {@code dd}; {@code M}, {@code MM}, {@code MMM} or {@code
 * MMMM} (the month's English name, short or full, in upper or lower case); and {@code yy} or {@code
 * yyyy}. Each occurs once, in any order, with or without separators. Or it is {@code ISO}, or
 * {@code excel} or {@code excel-1904} for the serial numbers of spreadsheets. A date is accepted
 * only if its year is 1 to 9999 and the text cannot mean another date too. A time after the date is
 * not read, nor is the length of a run of spaces.
 *
 * <p>Two-digit years are 20yy, from a pivot on 19yy. Without a pivot, only the years 00 to 69 are
 * accepted.
 */
public final class DateFormat {
  private static final String ISO = "yyyy-MM-dd";
  private static final int CENTURY = 100;
  private static final int FIRST_DOUBTFUL = 70;
  private static final LocalDate EXAMPLE = LocalDate.of(2022, 3, 31);
  private static final Pattern PART = Pattern.compile("\\G(?:d{1,2}|M{1,4}|yyyy|yy|[ ./,-])");
  private static final Pattern TIME =
      Pattern.compile(
          "(.*[0-9])[T ]((?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?)"
              + "(?: ?[AaPp][Mm])?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?");

  private final List<Reading> readings;
  private final String example;

  /** One way to read a text as a date; null if it cannot be read so. */
  private interface Reading {
    @Nullable LocalDate read(String text);
  }

  private DateFormat(List<Reading> readings, String example) {
    this.readings = readings;
    this.example = example;
  }

  public static DateFormat of(@Nullable String formats) {
    return of(formats, null);
  }

  /**
   * @param pivot the first two-digit year of the last century; null if that is not known
   */
  public static DateFormat of(@Nullable String formats, @Nullable Integer pivot) {
    List<Reading> readings = new ArrayList<>();
    List<String> examples = new ArrayList<>();
    for (String format : (formats == null ? ISO : formats).split("\\|", -1)) {
      switch (format) {
        case "excel", "excel-1904" -> {
          readings.add(text -> SerialDate.read(text, format.equals("excel-1904")));
          examples.add(SerialDate.example(EXAMPLE, format.equals("excel-1904")));
        }
        default -> {
          List<DateTimeFormatter> formatters = formatters(format.equals("ISO") ? ISO : format);
          readings.add(text -> read(formatters, pivot, text));
          examples.add(formatters.getLast().format(EXAMPLE));
        }
      }
    }
    return new DateFormat(List.copyOf(readings), String.join(" or ", examples));
  }

  /**
   * Several formatters if a number may have one or two digits and another number follows without a
   * separator.
   */
  private static List<DateTimeFormatter> formatters(String pattern) {
    List<String> parts = PART.matcher(pattern).results().map(MatchResult::group).toList();
    boolean isKnown = String.join("", parts).equals(pattern);
    if (!isKnown || !"dMy".chars().allMatch(letter -> isOnce(parts, letter))) {
      throw CsvFormat.invalid("date_format", pattern);
    }
    List<DateTimeFormatter> formatters = new ArrayList<>();
    for (Digits day : Digits.of(parts, "d")) {
      for (Digits month : Digits.of(parts, "M")) {
        formatters.add(formatter(parts, day, month));
      }
    }
    return List.copyOf(formatters);
  }

  /** The date; null if the text does not have this format or is ambiguous. */
  public @Nullable LocalDate read(String text) {
    String date = withoutTime(Spaces.single(text));
    for (Reading reading : readings) {
      LocalDate read = reading.read(date);
      if (read != null) {
        return read;
      }
    }
    return null;
  }

  /** An example for error messages. */
  public String example() {
    return example;
  }

  /** The text without a time of day after it. */
  public static String withoutTime(String text) {
    if (text.indexOf(':') < 0) {
      return text;
    }
    Matcher timed = TIME.matcher(text);
    return timed.matches() ? Spaces.strip(timed.group(1)) : text;
  }

  private static @Nullable LocalDate read(
      List<DateTimeFormatter> formatters, @Nullable Integer pivot, String text) {
    LocalDate found = null;
    for (DateTimeFormatter formatter : formatters) {
      LocalDate date = read(formatter, pivot, text);
      if (date != null && found != null) {
        return null;
      }
      found = date == null ? found : date;
    }
    return found;
  }

  /** Throws nothing for text that is no date: a file may have millions of those. */
  private static @Nullable LocalDate read(
      DateTimeFormatter reading, @Nullable Integer pivot, String text) {
    ParsePosition end = new ParsePosition(0);
    TemporalAccessor parsed = reading.parseUnresolved(text, end);
    if (parsed == null || end.getIndex() < text.length()) {
      return null;
    }
    int year = year(parsed, pivot);
    long month = parsed.getLong(ChronoField.MONTH_OF_YEAR);
    int day = (int) parsed.getLong(ChronoField.DAY_OF_MONTH);
    if (year < 1 || !ChronoField.MONTH_OF_YEAR.range().isValidValue(month)) {
      return null;
    }
    YearMonth of = YearMonth.of(year, (int) month);
    return of.isValidDay(day) ? of.atDay(day) : null;
  }

  /** The year; 0 if it has two digits and its century is not known. */
  private static int year(TemporalAccessor parsed, @Nullable Integer pivot) {
    if (parsed.isSupported(ChronoField.YEAR)) {
      return (int) parsed.getLong(ChronoField.YEAR);
    }
    int year = (int) parsed.getLong(ChronoField.YEAR_OF_ERA) % CENTURY;
    if (pivot == null) {
      return year < FIRST_DOUBTFUL ? 20 * CENTURY + year : 0;
    }
    return (year < pivot ? 20 : 19) * CENTURY + year;
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
        case "yy" -> builder.appendValueReduced(ChronoField.YEAR_OF_ERA, 2, 2, CENTURY);
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
