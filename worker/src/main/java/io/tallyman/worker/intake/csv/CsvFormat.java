package io.tallyman.worker.intake.csv;

import io.tallyman.worker.task.BadInput;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The delimiter and charset of a file. */
public record CsvFormat(char delimiter, Charset charset) {
  /** The default: the format of our own files. */
  static final CsvFormat OURS = new CsvFormat(',', StandardCharsets.UTF_8);

  public static CsvFormat of(ImportParameters parameters) {
    return new CsvFormat(delimiter(parameters.delimiter()), charset(parameters.charset()));
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
