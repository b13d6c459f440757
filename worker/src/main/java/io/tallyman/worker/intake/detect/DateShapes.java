package io.tallyman.worker.intake.detect;

import io.tallyman.worker.intake.csv.DateFormat;
import io.tallyman.worker.intake.csv.Spaces;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The forms of the dates in a column. Memory does not grow with the column: equal forms share their
 * counts.
 */
final class DateShapes {
  private static final int MOST_FORMS = 8;
  private static final int LONGEST = 40;
  private static final int MONTHS = 12;
  private static final int FIRST_DOUBTFUL_YEAR = 70;
  private static final List<String> MONTH_NAMES =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private final Map<String, Form> forms = new LinkedHashMap<>();
  private long count;
  private long serials;

  /** Dates that differ only in their digits and the names of their months. */
  private static final class Form {
    private final String[] marks;
    private final int yearAt;
    private final int yearDigits;
    private final int nameAt;
    private long count;
    private long firstAbove12;
    private long secondAbove12;
    private boolean hasShortFirst;
    private boolean hasShortSecond;
    private boolean hasShortName;
    private boolean hasLongName;
    private boolean hasDoubtfulYear;
    private final List<String> samples = new ArrayList<>();

    Form(String[] marks, int yearAt, int yearDigits, int nameAt) {
      this.marks = marks;
      this.yearAt = yearAt;
      this.yearDigits = yearDigits;
      this.nameAt = nameAt;
    }
  }

  /** Adds a cell; returns whether it is a date in some form. */
  boolean add(String cell) {
    if (cell.length() > LONGEST) {
      return false;
    }
    String text = DateFormat.withoutTime(Spaces.single(cell));
    if (isSerial(text)) {
      serials++;
      return false;
    }
    List<String> parts = new ArrayList<>(3);
    String[] marks = split(text, parts);
    if (marks == null || !addParts(text, parts, marks)) {
      return addPacked(text);
    }
    count++;
    return true;
  }

  /** The parts of three numbers or names, and the marks between them; null if there are others. */
  private static String @Nullable [] split(String text, List<String> parts) {
    String[] marks = {"", ""};
    int index = 0;
    while (index < text.length()) {
      int from = index;
      boolean isDigit = isDigit(text.charAt(index));
      if (!isDigit && !Character.isLetter(text.charAt(index))) {
        if (parts.isEmpty() || parts.size() > 2) {
          return null;
        }
        marks[parts.size() - 1] += text.charAt(index);
        index++;
        continue;
      }
      while (index < text.length()
          && (isDigit ? isDigit(text.charAt(index)) : Character.isLetter(text.charAt(index)))) {
        index++;
      }
      if (parts.size() == 3) {
        return null;
      }
      parts.add(text.substring(from, index));
    }
    return parts.size() == 3 && areMarks(marks) ? marks : null;
  }

  private static boolean areMarks(String[] marks) {
    for (String mark : marks) {
      if (mark.length() > 2 || !mark.chars().allMatch(one -> " ./,-".indexOf(one) >= 0)) {
        return false;
      }
    }
    return true;
  }

  private boolean addParts(String text, List<String> parts, String[] marks) {
    int nameAt = -1;
    for (int index = 0; index < 3; index++) {
      if (Character.isLetter(parts.get(index).charAt(0))) {
        if (nameAt >= 0 || index == 2 || monthOf(parts.get(index)) < 0) {
          return false;
        }
        nameAt = index;
      } else if (parts.get(index).length() > 4 || parts.get(index).length() == 3) {
        return false;
      }
    }
    int yearAt = parts.get(0).length() == 4 && nameAt != 0 ? 0 : 2;
    int yearDigits = parts.get(yearAt).length();
    if (yearDigits != 2 && yearDigits != 4) {
      return false;
    }
    return addTo(form(parts, marks, yearAt, yearDigits, nameAt), text, parts);
  }

  private @Nullable Form form(
      List<String> parts, String[] marks, int yearAt, int yearDigits, int nameAt) {
    if (nameAt < 0 && (marks[0].isEmpty() || !marks[0].equals(marks[1]))) {
      return null;
    }
    int first = yearAt == 0 ? 1 : 0;
    for (int index = first; index < first + 2; index++) {
      if (index != nameAt && parts.get(index).length() > 2) {
        return null;
      }
    }
    String key = yearAt + "|" + yearDigits + "|" + nameAt + "|" + marks[0] + "|" + marks[1];
    Form known = forms.get(key);
    if (known == null && forms.size() < MOST_FORMS) {
      known = new Form(marks.clone(), yearAt, yearDigits, nameAt);
      forms.put(key, known);
    }
    return known;
  }

  private static boolean addTo(@Nullable Form form, String text, List<String> parts) {
    if (form == null) {
      return false;
    }
    int at = form.yearAt == 0 ? 1 : 0;
    int first = form.nameAt == at ? 0 : Integer.parseInt(parts.get(at));
    int second = form.nameAt == at + 1 ? 0 : Integer.parseInt(parts.get(at + 1));
    if (first > 31 || second > 31 || (form.nameAt < 0 && first > MONTHS && second > MONTHS)) {
      return false;
    }
    form.count++;
    form.firstAbove12 += first > MONTHS ? 1 : 0;
    form.secondAbove12 += second > MONTHS ? 1 : 0;
    form.hasShortFirst |= parts.get(at).length() == 1;
    form.hasShortSecond |= parts.get(at + 1).length() == 1;
    if (form.nameAt >= 0) {
      int length = parts.get(form.nameAt).length();
      String name = MONTH_NAMES.get(monthOf(parts.get(form.nameAt)));
      form.hasShortName |= length == 3 && name.length() > 3;
      form.hasLongName |= length > 3;
    }
    form.hasDoubtfulYear |=
        form.yearDigits == 2 && Integer.parseInt(parts.get(form.yearAt)) >= FIRST_DOUBTFUL_YEAR;
    if (form.samples.size() < 3 && !form.samples.contains(text)) {
      form.samples.add(text);
    }
    return true;
  }

  /** Dates without marks, such as 20310531. */
  private boolean addPacked(String text) {
    if (text.length() != 8 || !text.chars().allMatch(one -> isDigit((char) one))) {
      return false;
    }
    if (DateFormat.of("yyyyMMdd").read(text) == null || !text.matches("(?:19|20).*")) {
      return false;
    }
    Form form = forms.computeIfAbsent("packed", _ -> new Form(new String[] {"", ""}, 0, 4, -1));
    form.count++;
    if (form.samples.isEmpty()) {
      form.samples.add(text);
    }
    count++;
    return true;
  }

  private static boolean isSerial(String text) {
    int length = text.length();
    if (length < 5 || !isDigit(text.charAt(0)) || !text.matches("[2-7][0-9]{4}(?:[.,][0-9]+)?")) {
      return false;
    }
    return true;
  }

  private static int monthOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int month = 0; month < MONTHS; month++) {
      String known = MONTH_NAMES.get(month);
      if (known.equals(lower) || (lower.length() == 3 && known.startsWith(lower))) {
        return month;
      }
    }
    return -1;
  }

  private static boolean isDigit(char now) {
    return now >= '0' && now <= '9';
  }

  /** The number of cells that are dates. */
  long count() {
    return count;
  }

  /** The number of cells that can be serial numbers of spreadsheets, and of our time. */
  long serials() {
    return serials;
  }

  boolean hasDoubtfulYear() {
    return forms.values().stream().anyMatch(form -> form.hasDoubtfulYear);
  }

  /** Some of the dates, of each form. */
  List<String> samples() {
    return forms.values().stream().flatMap(form -> form.samples.stream()).limit(6).toList();
  }

  /**
   * The formats with which the dates can be read, the likeliest first. One is certain; several are
   * a doubt between the day and the month.
   *
   * @param isComplete false if further dates may be written with fewer digits
   */
  List<String> formats(boolean isComplete) {
    List<Form> byCount =
        forms.values().stream()
            .sorted(Comparator.comparingLong((Form form) -> -form.count))
            .toList();
    Set<String> dayFirst = new LinkedHashSet<>();
    Set<String> monthFirst = new LinkedHashSet<>();
    boolean isDayLikelier = true;
    for (Form form : byCount) {
      boolean isNumeric = form.nameAt < 0 && form.yearAt == 2;
      boolean canBeDay = !isNumeric || form.secondAbove12 == 0 || form.firstAbove12 > 0;
      boolean canBeMonth = isNumeric && (form.firstAbove12 == 0 || form.secondAbove12 > 0);
      isDayLikelier &= !isNumeric || form.firstAbove12 >= form.secondAbove12;
      dayFirst.addAll(patterns(form, canBeDay, isComplete));
      monthFirst.addAll(patterns(form, !canBeMonth, isComplete));
    }
    String days = String.join("|", dayFirst);
    String months = String.join("|", monthFirst);
    if (days.equals(months)) {
      return List.of(days);
    }
    return isDayLikelier ? List.of(days, months) : List.of(months, days);
  }

  private static List<String> patterns(Form form, boolean dayFirst, boolean isComplete) {
    if (form.marks[0].isEmpty() && form.nameAt < 0) {
      return List.of("yyyyMMdd");
    }
    boolean isShort = form.hasShortFirst || form.hasShortSecond || !isComplete;
    boolean isIso = form.yearAt == 0 && form.marks[0].equals("-");
    String day = isShort && !(isIso && !form.hasShortSecond) ? "d" : "dd";
    List<String> months = new ArrayList<>();
    if (form.nameAt < 0) {
      months.add(isShort && !(isIso && !form.hasShortFirst) ? "M" : "MM");
    }
    if (form.nameAt >= 0 && (form.hasShortName || !form.hasLongName)) {
      months.add("MMM");
    }
    if (form.hasLongName) {
      months.add("MMMM");
    }
    List<String> patterns = new ArrayList<>();
    for (String month : months) {
      patterns.add(pattern(form, day, month, dayFirst));
    }
    return patterns;
  }

  private static String pattern(Form form, String day, String month, boolean dayFirst) {
    String year = "y".repeat(form.yearDigits);
    if (form.yearAt == 0) {
      String pattern = year + form.marks[0] + month + form.marks[1] + day;
      return pattern.equals("yyyy-MM-dd") ? "ISO" : pattern;
    }
    boolean isDayFirst = form.nameAt == 1 || (form.nameAt < 0 && dayFirst);
    return (isDayFirst ? day : month)
        + form.marks[0]
        + (isDayFirst ? month : day)
        + form.marks[1]
        + year;
  }
}
