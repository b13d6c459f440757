package io.tallyman.billing.sheet;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/** A finished sheet's manifest; see {@link WrittenSheet}. */
@Serdeable
public record Sheet(
    @ColumnName("id") UUID sheetId,
    UUID taskId,
    String fileName,
    JsonNode columns,
    long rows,
    JsonNode totals,
    long bytes,
    String sha256,
    Instant snapshotAt,
    Instant expiresAt) {}
