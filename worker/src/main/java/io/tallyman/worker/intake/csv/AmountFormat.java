package io.tallyman.worker.intake.csv;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes amounts: with a dot or a comma before at most four decimals, and nothing
 * between thousands.
 */
public enum AmountFormat {
  DOT('.'),
  COMMA(',');

  private final char mark;
  private final Pattern pattern;

  AmountFormat(char mark) {
    this.mark = mark;
    pattern = Pattern.compile("[+-]?[0-9]{1,15}([" + mark + "][0-9]{1,4})?");
  }

  public static AmountFormat of(@Nullable String decimal) {
    return switch (decimal) {
      case null -> DOT;
      case "." -> DOT;
      case "," -> COMMA;
      default -> throw CsvFormat.invalid("decimal", decimal);
    };
  }

  /** Null if the text is no such amount. */
  public @Nullable BigDecimal read(String text) {
    return pattern.matcher(text).matches() ? new BigDecimal(text.replace(mark, '.')) : null;
  }

  /** What an amount looks like. */
  public String example() {
    return "-1234" + mark + "50";
  }
}
