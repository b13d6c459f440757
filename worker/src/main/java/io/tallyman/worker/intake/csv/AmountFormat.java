package io.tallyman.worker.intake.csv;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format of amounts in a file: a dot or a comma before at most four decimals, and no thousands
 * separator.
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

  /** The amount; null if the text does not have this format. */
  public @Nullable BigDecimal read(String text) {
    return pattern.matcher(text).matches() ? new BigDecimal(text.replace(mark, '.')) : null;
  }

  /** An example for error messages. */
  public String example() {
    return "-1234" + mark + "50";
  }
}
