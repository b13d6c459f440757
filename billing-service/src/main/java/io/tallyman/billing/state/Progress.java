package io.tallyman.billing.state;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an attempt.
 *
 * @param phase the current step, one word
 * @param unit the unit of {@code done} and {@code total}: {@code rows}, {@code bytes} or {@code
 *     tasks}
 * @param done never decreases within an attempt
 * @param total null if unknown
 */
@Serdeable
public record Progress(
    @PropagateNull @NotBlank String phase,
    @NotBlank String unit,
    @PositiveOrZero long done,
    @Nullable @PositiveOrZero Long total) {}
