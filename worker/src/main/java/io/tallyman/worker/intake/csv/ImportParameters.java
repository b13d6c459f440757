package io.tallyman.worker.intake.csv;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file. Null means the format of our own files.
 *
 * @param columns our column names to the file's names
 * @param currency the currency of rows that give none; null means that of their vendors
 * @param delimiter the character between cells, or {@code tab}
 * @param charset the name of a charset that the JVM knows
 * @param dateFormat a pattern; see {@link DateFormat}
 * @param decimal the decimal mark of amounts: a dot or a comma
 */
@Serdeable
public record ImportParameters(
    @Nullable Map<String, String> columns,
    @Nullable String currency,
    @Nullable String delimiter,
    @Nullable String charset,
    @Nullable String dateFormat,
    @Nullable String decimal) {}
