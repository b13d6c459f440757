package io.tallyman.billing.sheet;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tallyman.billing.access.Visible;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads single manifests. {@link SheetList} reads many.
 *
 * <p>{@code owner} is the user whose tasks wrote the sheets; null for those of all users.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Manifests extends GenericRepository<Sheet, UUID> {
  @Query("SELECT " + Sheet.COLUMNS + " FROM sheet WHERE id = :id AND " + Visible.TASK)
  Optional<Sheet> find(UUID id, @Nullable String owner);

  @Query(
      "SELECT file, coalesce(content, '') AS content FROM sheet WHERE id = :id AND " + Visible.TASK)
  Optional<Place> findPlace(UUID id, @Nullable String owner);

  /**
   * Where the bytes of a sheet are.
   *
   * @param file the name of its file in the store; null if it has none
   * @param content all bytes of a sheet that has no file
   */
  @Introspected
  @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
  record Place(@Nullable String file, byte[] content) {}
}
