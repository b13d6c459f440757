package io.tallyman.user.apikey;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tallyman.user.account.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL statements on API keys. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ApiKeyRows extends GenericRepository<ApiKey, Long> {
  @Query("SELECT * FROM api_key WHERE account_id = :accountId ORDER BY id")
  List<ApiKey> of(long accountId);

  @Query("SELECT count(*) FROM api_key WHERE account_id = :accountId")
  int count(long accountId);

  @Query(
      """
      INSERT INTO api_key (account_id, name, prefix, key_hash, scopes, expires_at)
      VALUES (:accountId, :name, :prefix, :keyHash, :scopes, CAST(:expiresAt AS timestamptz))
      RETURNING *
      """)
  ApiKey add(
      long accountId,
      String name,
      String prefix,
      String keyHash,
      List<Role> scopes,
      @Nullable Instant expiresAt);

  /**
   * @return the key that was deleted; null if the user has no key with the id
   */
  @Query("DELETE FROM api_key WHERE id = :id AND account_id = :accountId RETURNING *")
  @Nullable ApiKey delete(long id, long accountId);

  /** The key, unless it is unknown or has expired. */
  @Query(
      """
      SELECT * FROM api_key
      WHERE key_hash = :keyHash AND (expires_at IS NULL OR expires_at > now())
      """)
  Optional<ApiKey> find(String keyHash);

  @Query("SELECT account_id FROM api_key WHERE id = :id")
  Optional<Long> owner(long id);

  @Query(
      """
      UPDATE api_key SET last_used_at = now()
      WHERE id = :id AND (last_used_at IS NULL OR last_used_at <= now() - interval '1 minute')
      """)
  int use(long id);
}
