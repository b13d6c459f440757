package io.tallyman.user.view;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The SQL statements on saved views. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SavedViewRows extends GenericRepository<SavedView, Long> {
  @Query("SELECT * FROM saved_view WHERE account_id = :accountId ORDER BY name")
  List<SavedView> of(long accountId);

  /** The number of views with other names. */
  @Query("SELECT count(*) FROM saved_view WHERE account_id = :accountId AND name <> :name")
  int countOthers(long accountId, String name);

  @Query(
      """
      INSERT INTO saved_view (account_id, name, query) VALUES (:accountId, :name, :query)
      ON CONFLICT (account_id, name) DO UPDATE SET query = excluded.query, updated_at = now()
      RETURNING *
      """)
  SavedView save(long accountId, String name, String query);

  @Query("DELETE FROM saved_view WHERE id = :id AND account_id = :accountId")
  int delete(long id, long accountId);
}
