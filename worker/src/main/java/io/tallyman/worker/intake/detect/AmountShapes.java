package io.tallyman.worker.intake.detect;

import io.tallyman.worker.intake.csv.Spaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the amounts of a column are written. Memory does not grow with the column. */
final class AmountShapes {
  private static final int LONGEST = 40;
  private static final int LONGEST_SIGN = 5;
  private static final int MOST_SIGNS = 16;

  private final Map<String, Long> signs = new LinkedHashMap<>();
  private final Set<String> negative = new TreeSet<>();
  private final List<String> doubtful = new ArrayList<>();
  private final List<String> samples = new ArrayList<>();
  private long count;
  private long integers;
  private long dotDecimals;
  private long commaDecimals;
  private long dotGroups;
  private long commaGroups;
  private long dotDoubtful;
  private long commaDoubtful;
  private long apostrophes;
  private long spaces;
  private boolean hasMarks;

  /** Adds a cell; returns whether it is an amount in some form. */
  boolean add(String cell) {
    if (cell.length() > LONGEST) {
      return false;
    }
    String text = Spaces.strip(cell);
    if (text.isEmpty()) {
      return false;
    }
    if (Character.isDigit(text.charAt(0)) && isPlain(text)) {
      return addNumber(text, text);
    }
    return addSigned(text);
  }

  private static boolean isPlain(String text) {
    for (int index = 0; index < text.length(); index++) {
      char now = text.charAt(index);
      if ((now < '0' || now > '9') && now != '.' && now != ',') {
        return false;
      }
    }
    return true;
  }

  private boolean addSigned(String text) {
    String rest = text;
    String way = null;
    boolean hasMinus = false;
    if (rest.startsWith("(") && rest.endsWith(")")) {
      way = "parentheses";
      rest = Spaces.strip(rest.substring(1, rest.length() - 1));
    }
    String upper = rest.toUpperCase(Locale.ROOT);
    boolean isMarked = false;
    for (String mark : List.of("CR", "DR")) {
      if (!isMarked && upper.length() > 2 && (upper.endsWith(mark) || upper.startsWith(mark))) {
        isMarked = true;
        rest =
            Spaces.strip(
                upper.endsWith(mark) ? rest.substring(0, rest.length() - 2) : rest.substring(2));
      }
    }
    String sign = null;
    int from = 0;
    int to = rest.length();
    while (from < to && !isDigit(rest.charAt(from))) {
      from++;
    }
    while (to > from && !isDigit(rest.charAt(to - 1))) {
      to--;
    }
    if (from == to) {
      return false;
    }
    String before = Spaces.strip(rest.substring(0, from));
    String after = Spaces.strip(rest.substring(to));
    if (isMinus(before, true) || isMinus(before, false)) {
      hasMinus = true;
      before = withoutMinus(before);
    } else if (isMinus(after, false) || isMinus(after, true)) {
      if (way != null) {
        return false;
      }
      way = "trailing";
      after = withoutMinus(after);
    }
    if (!before.isEmpty() && !after.isEmpty()) {
      return false;
    }
    String beside = before + after;
    if (!beside.isEmpty()) {
      if (beside.length() > LONGEST_SIGN
          || beside.chars().anyMatch(one -> "+(),:".indexOf(one) >= 0)) {
        if (!beside.equals("+")) {
          return false;
        }
      } else {
        sign = beside;
      }
    }
    if ((hasMinus && way != null) || !addNumber(rest.substring(from, to), text)) {
      return false;
    }
    if (way != null) {
      negative.add(way);
    }
    hasMarks |= isMarked;
    if (sign != null && (signs.containsKey(sign) || signs.size() < MOST_SIGNS)) {
      signs.merge(sign, 1L, Long::sum);
    }
    return true;
  }

  private static boolean isMinus(String text, boolean first) {
    if (text.isEmpty()) {
      return false;
    }
    char minus = first ? text.charAt(0) : text.charAt(text.length() - 1);
    return minus == '-' || minus == '\u2212';
  }

  private static String withoutMinus(String text) {
    return Spaces.strip(
        isMinus(text, true) ? text.substring(1) : text.substring(0, text.length() - 1));
  }

  /** Looks at the separators: which of them there are, and how many digits follow the last one. */
  private boolean addNumber(String number, String whole) {
    int dots = 0;
    int commas = 0;
    int others = 0;
    char last = 0;
    int lastAt = -1;
    int firstAt = -1;
    char other = 0;
    for (int index = 0; index < number.length(); index++) {
      char now = number.charAt(index);
      if (isDigit(now)) {
        continue;
      }
      firstAt = firstAt < 0 ? index : firstAt;
      lastAt = index;
      last = now;
      switch (now) {
        case '.' -> dots++;
        case ',' -> commas++;
        case '\'', '\u2019', ' ', '\u00a0', '\u202f', '\u2009' -> {
          others++;
          other = now;
        }
        default -> {
          return false;
        }
      }
    }
    int behind = number.length() - lastAt - 1;
    if (lastAt == number.length() - 1 && lastAt >= 0) {
      return false;
    }
    if (others > 0) {
      if (other == '\'' || other == '\u2019') {
        apostrophes++;
      } else {
        spaces++;
      }
    }
    if (dots == 0 && commas == 0) {
      integers++;
    } else if (dots > 0 && commas > 0) {
      if (last == '.' && dots == 1) {
        dotDecimals++;
        commaGroups++;
      } else if (last == ',' && commas == 1) {
        commaDecimals++;
        dotGroups++;
      } else {
        return false;
      }
    } else if (dots > 1) {
      dotGroups++;
    } else if (commas > 1) {
      commaGroups++;
    } else if (behind == 3
        && firstAt <= 3
        && firstAt > 0
        && number.charAt(0) != '0'
        && others == 0) {
      addDoubtful(last, whole);
    } else if (last == '.') {
      dotDecimals++;
    } else {
      commaDecimals++;
    }
    count++;
    if (samples.size() < 3 && !samples.contains(whole)) {
      samples.add(whole);
    }
    return true;
  }

  private void addDoubtful(char mark, String whole) {
    if (mark == '.') {
      dotDoubtful++;
    } else {
      commaDoubtful++;
    }
    if (doubtful.size() < 3) {
      doubtful.add(whole);
    }
  }

  private static boolean isDigit(char now) {
    return now >= '0' && now <= '9';
  }

  /** The number of cells that are amounts. */
  long count() {
    return count;
  }

  /** Whether all amounts are whole numbers, as codes and counts are. */
  boolean areAllIntegers() {
    return integers == count;
  }

  Map<String, Long> signs() {
    return signs;
  }

  /** The further ways to write negative amounts that occur. */
  Set<String> negative() {
    return negative;
  }

  /** Whether amounts have the marks CR or DR. */
  boolean hasMarks() {
    return hasMarks;
  }

  /** Amounts for samples: those that are in doubt, if there are any. */
  List<String> samples() {
    return doubtful.isEmpty() || isCertain() ? samples : doubtful;
  }

  private boolean isCertain() {
    return separators().size() == 1;
  }

  /**
   * The decimal and the thousands separator.
   *
   * @param thousands null if there is none
   */
  record Separators(String decimal, @Nullable String thousands) {}

  /** The separators with which the amounts can be read, the likeliest first. */
  List<Separators> separators() {
    long dot = dotDecimals + (commaGroups > 0 ? 1 : 0);
    long comma = commaDecimals + (dotGroups > 0 ? 1 : 0);
    Separators dots = new Separators(".", grouping(commaGroups + commaDoubtful, ","));
    Separators commas = new Separators(",", grouping(dotGroups + dotDoubtful, "."));
    if (dot > 0 && comma > 0) {
      return dotDecimals >= commaDecimals ? List.of(dots, commas) : List.of(commas, dots);
    }
    if (dot > 0) {
      return List.of(dots);
    }
    if (comma > 0) {
      return List.of(commas);
    }
    if (commaDoubtful > 0 || dotDoubtful > 0) {
      return List.of(dots, commas);
    }
    return List.of(dots);
  }

  private @Nullable String grouping(long groups, String mark) {
    return groups > 0 ? mark : apostrophes > 0 ? "'" : spaces > 0 ? "space" : null;
  }
}
