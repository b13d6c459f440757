package io.tallyman.cli.intake;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How a file is read: an option of {@code POST /imports}, which has the same name with underscores.
 * docs/imports.md explains them. The gateway checks the values.
 */
public enum FileOption {
  COLUMNS("PAIRS", "Our names and the file's, such as payable:Amount,date_billed:Date."),
  CURRENCY("CODE", "The currency of rows without one, such as GBP."),
  DELIMITER("CHARACTER", "What separates cells; tab is a name."),
  CHARSET("NAME", "Such as windows-1252."),
  DATE_FORMAT("PATTERN", "Such as dd.MM.yyyy."),
  DECIMAL("MARK", "The decimal mark of amounts: . or a comma."),
  THOUSANDS("MARK", "What groups the digits of amounts."),
  HEADER_LINE("LINE", "The line of the header."),
  DATE("DATE", "The date of all rows, if the file has no dates."),
  PIVOT("YEAR", "The first year that a year of two digits can mean."),
  CURRENCY_SIGNS("PAIRS", "Signs beside amounts and their currencies."),
  NEGATIVE("FORMS", "How negative amounts are written.");

  private final String label;
  private final String description;

  FileOption(String label, String description) {
    this.label = label;
    this.description = description;
  }

  /** Adds all of them to a command. */
  public static void addTo(CommandSpec command) {
    for (FileOption option : values()) {
      command.addOption(
          OptionSpec.builder(onCommandLine(option.parameter()))
              .type(String.class)
              .paramLabel(option.label)
              .description(option.description)
              .build());
    }
  }

  /** The given options, by the names of the API. */
  public static Map<String, String> given(CommandSpec command) {
    Map<String, String> given = new LinkedHashMap<>();
    for (FileOption option : values()) {
      String value = command.findOption(onCommandLine(option.parameter())).getValue();
      if (value != null) {
        given.put(option.parameter(), value);
      }
    }
    return given;
  }

  /** The name on the command line for an option of the API. */
  static String onCommandLine(String parameter) {
    return "--" + parameter.replace('_', '-');
  }

  private String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
