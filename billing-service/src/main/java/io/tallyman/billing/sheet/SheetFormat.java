package io.tallyman.billing.sheet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format of a sheet, as a task parameter.
 *
 * @param profile {@code raw} for programs, or {@code excel} for spreadsheets; null means {@code
 *     raw}
 * @param delimiter the character between cells; null means a comma
 */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
public record SheetFormat(
    @Nullable @Pattern(regexp = "raw|excel", message = "must be \"raw\" or \"excel\"")
        String profile,
    @Nullable @Pattern(regexp = "[,;\t]", message = "must be \",\", \";\" or \"\\t\" (a tab)")
        String delimiter) {}
