package io.tallyman.worker.intake.csv;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How amounts are written in a file: a dot or a comma before the decimals, a thousands separator or
 * none, and signs of currencies. Groups of digits must be well formed. Zeros at the end are no
 * decimals. A negative amount begins with a minus (also U+2212); the file may allow further ways:
 * {@code trailing} for {@code 5-}, {@code parentheses} for {@code (5)}, {@code cr} or {@code dr}
 * for an amount with that mark, where the other one of the two marks means a positive amount.
 */
public final class AmountFormat {
  public static final String TRAILING = "trailing";
  public static final String PARENTHESES = "parentheses";
  public static final String CREDIT = "cr";
  public static final String DEBIT = "dr";

  /** The separators that are all called {@code space}: plain, no-break, thin and narrow. */
  private static final String SPACES = " \u00a0\u2009\u202f";

  private static final int MOST_DECIMALS = 4;

  private final char decimal;
  private final @Nullable String thousands;
  private final Map<String, String> signs;
  private final List<String> longestSignFirst;
  private final Set<String> negative;
  private final Pattern number;

  /**
   * @param currency the one that the sign beside the amount means; null if there is none
   */
  public record Amount(BigDecimal value, @Nullable String currency) {}

  private AmountFormat(ImportParameters parameters) {
    String mark = parameters.decimal();
    if (mark != null && !mark.equals(".") && !mark.equals(",")) {
      throw CsvFormat.invalid("decimal", mark);
    }
    decimal = mark == null ? '.' : mark.charAt(0);
    thousands = parameters.thousands();
    signs = parameters.currencySigns() == null ? Map.of() : parameters.currencySigns();
    longestSignFirst =
        signs.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    negative = parameters.negative() == null ? Set.of() : parameters.negative();
    String decimals = "(?:[" + decimal + "](?<decimals>[0-9]{1,12}))?";
    String grouped = thousands == null ? "" : "|[0-9]{1,3}" + groups(thousands);
    number = Pattern.compile("(?<whole>[0-9]{1,15}" + grouped + ")" + decimals);
  }

  public static AmountFormat of(ImportParameters parameters) {
    return new AmountFormat(parameters);
  }

  private static String groups(String thousands) {
    return switch (thousands) {
      case "," -> "(?:,[0-9]{3}){1,4}";
      case "." -> "(?:[.][0-9]{3}){1,4}";
      case "'" -> "(?<mark>['\u2019])[0-9]{3}(?:\\k<mark>[0-9]{3}){0,3}";
      case "space" -> "(?<mark>[" + SPACES + "])[0-9]{3}(?:\\k<mark>[0-9]{3}){0,3}";
      default -> throw CsvFormat.invalid("thousands", thousands);
    };
  }

  /** The amount; null if the text does not have this format. */
  public @Nullable Amount read(String text) {
    Peeled peeled = new Peeled(Spaces.strip(text));
    while (peeled.peel()) {
      // Signs and marks may be in any order.
    }
    Matcher digits = number.matcher(peeled.rest);
    if (!digits.matches()) {
      return null;
    }
    BigDecimal value = value(digits);
    if (value.scale() > MOST_DECIMALS) {
      return null;
    }
    return new Amount(
        peeled.isNegative ? value.negate() : value,
        peeled.sign == null ? null : emptyToNull(signs.get(peeled.sign)));
  }

  private static BigDecimal value(Matcher digits) {
    String whole = digits.group("whole");
    StringBuilder plain = new StringBuilder(whole.length());
    for (int index = 0; index < whole.length(); index++) {
      char now = whole.charAt(index);
      if (now >= '0' && now <= '9') {
        plain.append(now);
      }
    }
    String decimals = digits.group("decimals");
    if (decimals != null) {
      plain.append('.').append(decimals);
    }
    BigDecimal value = new BigDecimal(plain.toString());
    return value.scale() > MOST_DECIMALS ? shortest(value) : value;
  }

  /** The same amount without the zeros at the end of its decimals. */
  public static BigDecimal shortest(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** An example for error messages. */
  public String example() {
    String mark = thousands == null ? "" : thousands.equals("space") ? " " : thousands;
    return "-1" + mark + "234" + decimal + "50";
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** A text from which sign, mark and parentheses are taken, each at most once. */
  private final class Peeled {
    private String rest;
    private boolean isSigned;
    private boolean isNegative;
    private @Nullable String sign;

    Peeled(String text) {
      rest = text;
    }

    boolean peel() {
      if (rest.isEmpty() || isBare()) {
        return false;
      }
      return (!isSigned && takeSign()) || (sign == null && takeCurrency());
    }

    private boolean isBare() {
      return isDigit(rest.charAt(0)) && isDigit(rest.charAt(rest.length() - 1));
    }

    private boolean takeSign() {
      char first = rest.charAt(0);
      char last = rest.charAt(rest.length() - 1);
      if (first == '+' || isMinus(first)) {
        return signed(first != '+', 1, rest.length());
      }
      if (negative.contains(TRAILING) && (isMinus(last) || last == '+')) {
        return signed(last != '+', 0, rest.length() - 1);
      }
      if (negative.contains(PARENTHESES) && first == '(' && last == ')') {
        return signed(true, 1, rest.length() - 1);
      }
      return (negative.contains(CREDIT) || negative.contains(DEBIT)) && takeMark();
    }

    private boolean takeMark() {
      String upper = rest.toUpperCase(Locale.ROOT);
      for (String mark : List.of(CREDIT, DEBIT)) {
        String written = mark.toUpperCase(Locale.ROOT);
        if (upper.endsWith(written)) {
          return signed(negative.contains(mark), 0, rest.length() - written.length());
        }
        if (upper.startsWith(written)) {
          return signed(negative.contains(mark), written.length(), rest.length());
        }
      }
      return false;
    }

    private boolean signed(boolean negative, int from, int to) {
      isSigned = true;
      isNegative = negative;
      rest = from < to ? Spaces.strip(rest.substring(from, to)) : "";
      return true;
    }

    private boolean takeCurrency() {
      for (String candidate : longestSignFirst) {
        boolean isBefore = rest.startsWith(candidate);
        if (isBefore || rest.endsWith(candidate)) {
          sign = candidate;
          int length = candidate.length();
          rest =
              Spaces.strip(
                  isBefore ? rest.substring(length) : rest.substring(0, rest.length() - length));
          return true;
        }
      }
      return false;
    }

    private static boolean isDigit(char now) {
      return now >= '0' && now <= '9';
    }

    private static boolean isMinus(char now) {
      return now == '-' || now == '\u2212';
    }
  }
}
