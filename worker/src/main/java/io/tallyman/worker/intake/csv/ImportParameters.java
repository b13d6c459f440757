package io.tallyman.worker.intake.csv;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file. What is null is as in a file of our own.
 *
 * @param columns what the file calls our columns
 * @param currency of the rows that name none; null leaves it to their vendors
 * @param delimiter what stands between cells: one character, or {@code tab}
 * @param charset any that the JVM knows
 * @param dateFormat as {@link DateFormat} tells it
 * @param decimal the mark before the decimals of an amount: a dot or a comma
 */
@Serdeable
public record ImportParameters(
    @Nullable Map<String, String> columns,
    @Nullable String currency,
    @Nullable String delimiter,
    @Nullable String charset,
    @Nullable String dateFormat,
    @Nullable String decimal) {}
