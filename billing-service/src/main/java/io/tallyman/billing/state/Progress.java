package io.tallyman.billing.state;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come.
 *
 * @param phase what it is doing, one word
 * @param unit what is counted: {@code rows} or {@code bytes}
 * @param done never goes back within an attempt
 * @param total null while it is not known
 */
@Serdeable
public record Progress(
    @PropagateNull @NotBlank String phase,
    @NotBlank String unit,
    @PositiveOrZero long done,
    @Nullable @PositiveOrZero Long total) {}
