package io.tallyman.billing.sheet;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** Reads single manifests. {@link SheetList} reads many. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Manifests extends GenericRepository<Sheet, UUID> {
  @Query("SELECT * FROM sheet WHERE id = :id")
  Optional<Sheet> findById(UUID id);

  /** The name of the sheet's file in the store. */
  @Query("SELECT file FROM sheet WHERE id = :id")
  Optional<String> findFile(UUID id);
}
