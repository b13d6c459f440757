package io.tallyman.worker.intake;

import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes dates: {@code d} or {@code dd}, {@code M}, {@code MM}, {@code MMM} or {@code
 * MMMM} (the month's English name, short or whole, in capitals or not) and {@code yy} (of this
 * century) or {@code yyyy}, each once, in any order, with separators or without; or {@code ISO}. A
 * date is read only if it is one of the years 1 to 9999 and cannot be read as another.
 */
final class DateFormat {
  private static final String ISO = "yyyy-MM-dd";
  private static final String SEPARATORS = " -/.,";
  private static final int CENTURY = 2000;
  private static final LocalDate EXAMPLE = LocalDate.of(2022, 3, 31);

  private final List<Part> parts;

  private DateFormat(List<Part> parts) {
    this.parts = parts;
  }

  private enum Unit {
    DAY,
    MONTH,
    YEAR
  }

  private sealed interface Part {
    record Separator(char mark) implements Part {}

    record Digits(Unit unit, int fewest, int most) implements Part {}

    record MonthName(List<String> names) implements Part {}
  }

  static DateFormat of(@Nullable String pattern) {
    String given = pattern == null || pattern.equals("ISO") ? ISO : pattern;
    List<Part> parts = new ArrayList<>();
    Set<Unit> missing = EnumSet.allOf(Unit.class);
    int end;
    for (int at = 0; at < given.length(); at = end) {
      end = at + 1;
      if (SEPARATORS.indexOf(given.charAt(at)) >= 0) {
        parts.add(new Part.Separator(given.charAt(at)));
        continue;
      }
      while (end < given.length() && given.charAt(end) == given.charAt(at)) {
        end++;
      }
      Part part = part(given.substring(at, end));
      if (part == null || !missing.remove(unit(part))) {
        throw CsvFormat.invalid("date_format", given);
      }
      parts.add(part);
    }
    if (!missing.isEmpty()) {
      throw CsvFormat.invalid("date_format", given);
    }
    return new DateFormat(List.copyOf(parts));
  }

  /** Null if the text is no such date. */
  @Nullable LocalDate read(String text) {
    Match match = new Match(text);
    match.from(0, 0);
    return match.isAmbiguous ? null : match.found;
  }

  /** What a date looks like. */
  String example() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Separator(char mark) -> text.append(mark);
        case Part.MonthName(List<String> names) ->
            text.append(names.get(EXAMPLE.getMonthValue() - 1));
        case Part.Digits(Unit unit, int fewest, int most) ->
            text.append(
                switch (unit) {
                  case DAY -> EXAMPLE.getDayOfMonth();
                  case MONTH -> "0".repeat(fewest - 1) + EXAMPLE.getMonthValue();
                  case YEAR -> most == 2 ? EXAMPLE.getYear() - CENTURY : EXAMPLE.getYear();
                });
      }
    }
    return text.toString();
  }

  private static @Nullable Part part(String letters) {
    return switch (letters) {
      case "d" -> new Part.Digits(Unit.DAY, 1, 2);
      case "dd" -> new Part.Digits(Unit.DAY, 2, 2);
      case "M" -> new Part.Digits(Unit.MONTH, 1, 2);
      case "MM" -> new Part.Digits(Unit.MONTH, 2, 2);
      case "MMM" -> new Part.MonthName(monthNames(3));
      case "MMMM" -> new Part.MonthName(monthNames(Integer.MAX_VALUE));
      case "yy" -> new Part.Digits(Unit.YEAR, 2, 2);
      case "yyyy" -> new Part.Digits(Unit.YEAR, 4, 4);
      default -> null;
    };
  }

  private static Unit unit(Part part) {
    return part instanceof Part.Digits digits ? digits.unit() : Unit.MONTH;
  }

  private static List<String> monthNames(int longest) {
    return Arrays.stream(Month.values())
        .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
        .map(name -> name.substring(0, Math.min(longest, name.length())))
        .toList();
  }

  /** Tries every way to read a text, since {@code d} and {@code M} may take a digit or two. */
  private final class Match {
    private final String text;
    private int day;
    private int month;
    private int year;
    private @Nullable LocalDate found;
    private boolean isAmbiguous;

    Match(String text) {
      this.text = text;
    }

    void from(int index, int at) {
      if (index == parts.size()) {
        if (at == text.length()) {
          take();
        }
        return;
      }
      switch (parts.get(index)) {
        case Part.Separator(char mark) -> {
          if (at < text.length() && text.charAt(at) == mark) {
            from(index + 1, at + 1);
          }
        }
        case Part.Digits(Unit unit, int fewest, int most) -> {
          int value = 0;
          for (int width = 1; width <= most && isDigit(at + width - 1); width++) {
            value = value * 10 + text.charAt(at + width - 1) - '0';
            if (width >= fewest) {
              set(unit, most == 2 && unit == Unit.YEAR ? CENTURY + value : value);
              from(index + 1, at + width);
            }
          }
        }
        case Part.MonthName(List<String> names) -> {
          for (int number = 1; number <= names.size(); number++) {
            String name = names.get(number - 1);
            if (text.regionMatches(true, at, name, 0, name.length())) {
              month = number;
              from(index + 1, at + name.length());
            }
          }
        }
      }
    }

    private boolean isDigit(int at) {
      return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private void set(Unit unit, int value) {
      switch (unit) {
        case DAY -> day = value;
        case MONTH -> month = value;
        case YEAR -> year = value;
      }
    }

    private void take() {
      boolean isDate =
          year >= 1
              && month >= 1
              && month <= 12
              && day >= 1
              && day <= YearMonth.of(year, month).lengthOfMonth();
      if (isDate) {
        isAmbiguous = found != null;
        found = LocalDate.of(year, month, day);
      }
    }
  }
}
