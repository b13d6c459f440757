package io.tallyman.billing.sheet;

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
  @Query("SELECT * FROM sheet WHERE id = :id AND " + Visible.TASK)
  Optional<Sheet> find(UUID id, @Nullable String owner);

  /** The name of the sheet's file in the store. */
  @Query("SELECT file FROM sheet WHERE id = :id AND " + Visible.TASK)
  Optional<String> findFile(UUID id, @Nullable String owner);
}
