package io.tallyman.worker.intake;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param columns what the file calls our columns; null if it calls them as we do
 * @param currency of the rows that name none
 */
@Serdeable
record ImportParameters(@Nullable Map<String, String> columns, @Nullable String currency) {}
