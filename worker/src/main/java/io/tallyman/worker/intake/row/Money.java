package io.tallyman.worker.intake.row;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a file.
 *
 * @param currency null if neither the row nor the import gives one
 */
public record Money(@Nullable String currency, BigDecimal amount) {}
