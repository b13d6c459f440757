package io.tallyman.billing.sheet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a sheet is to be written, as a parameter of the tasks that make one.
 *
 * @param profile {@code raw}, or {@code excel} for spreadsheets; null is {@code raw}
 * @param delimiter what stands between cells; null is a comma
 */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
public record SheetFormat(
    @Nullable @Pattern(regexp = "raw|excel", message = "must be \"raw\" or \"excel\"")
        String profile,
    @Nullable @Pattern(regexp = "[,;\t]", message = "must be \",\", \";\" or \"\\t\" (a tab)")
        String delimiter) {}
