package io.tallyman.billing.sheet;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/** A finished sheet's manifest; see {@link WrittenSheet}. */
@Serdeable
@MappedEntity
public record Sheet(
    @Id @MappedProperty("id") @ColumnName("id") UUID sheetId,
    UUID taskId,
    String fileName,
    @TypeDef(type = DataType.JSON) JsonNode columns,
    long rows,
    @TypeDef(type = DataType.JSON) JsonNode totals,
    long bytes,
    String sha256,
    Instant snapshotAt,
    Instant expiresAt) {

  /** Not the content of a small sheet, which only a download needs. */
  static final String COLUMNS =
      "id, task_id, file_name, columns, rows, totals, bytes, sha256, snapshot_at, expires_at";
}
