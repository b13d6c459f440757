package io.tallyman.billing.sheet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of a sheet, as a task parameter.
 *
 * @param profile {@code raw} for programs, or {@code excel} for spreadsheets; null means {@code
 *     raw}
 * @param delimiter the character between cells; null means a comma, or a semicolon if the decimal
 *     mark is a comma
 * @param decimal the decimal mark of amounts; null means a dot
 */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
public record SheetFormat(
    @Nullable @Pattern(regexp = "raw|excel", message = "must be \"raw\" or \"excel\"")
        String profile,
    @Nullable @Pattern(regexp = "[,;\t]", message = "must be \",\", \";\" or \"\\t\" (a tab)")
        String delimiter,
    @Nullable @Pattern(regexp = "[.,]", message = "must be \".\" or \",\"") String decimal) {

  /** The faults of the format of a task, which may have none. */
  public static List<FieldError> faults(@Nullable SheetFormat format) {
    return format != null && ",".equals(format.decimal) && ",".equals(format.delimiter)
        ? List.of(
            new FieldError(
                "/format/delimiter", "must not be the decimal mark; remove it, or send \";\""))
        : List.of();
  }
}
