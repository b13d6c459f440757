package io.tallyman.worker.intake.detect;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * A cell and its meaning.
 *
 * @param field our name of its column
 * @param value the date, the amount or the text; null if the cell is refused
 */
@Serdeable
public record Sample(String field, String cell, @Nullable String value) {}
