package io.tallyman.worker.intake.csv;

import io.tallyman.worker.task.BadInput;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The delimiter and charset of a file.
 *
 * @param headerLine the line of the header, from 1; null if it is the first, or the second after a
 *     line such as {@code sep=;}
 */
public record CsvFormat(char delimiter, Charset charset, @Nullable Integer headerLine) {
  /** The default: the format of our own files. */
  static final CsvFormat OURS = new CsvFormat(',', StandardCharsets.UTF_8);

  public CsvFormat(char delimiter, Charset charset) {
    this(delimiter, charset, null);
  }

  public static CsvFormat of(ImportParameters parameters) {
    return new CsvFormat(
        delimiter(parameters.delimiter()), charset(parameters.charset()), parameters.headerLine());
  }

  private static char delimiter(@Nullable String name) {
    if (name == null) {
      return OURS.delimiter;
    }
    if (name.equals("tab")) {
      return '\t';
    }
    if (name.length() != 1 || "\"\r\n".contains(name)) {
      throw invalid("delimiter", name);
    }
    return name.charAt(0);
  }

  private static Charset charset(@Nullable String name) {
    if (name == null) {
      return OURS.charset;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw invalid("charset", name);
    }
  }

  /** For a parameter that billing-service should have refused. */
  static BadInput invalid(String parameter, String value) {
    return new BadInput(
        "invalid-parameters",
        "The parameters are invalid",
        "The " + parameter + " of the import cannot be \"" + value + "\".");
  }
}
