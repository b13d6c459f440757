package io.tallyman.user.token;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The SQL statements on signing keys. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SigningKeyRows extends GenericRepository<SigningKey, Long> {
  /** The key that signs now; empty if there is no key yet. */
  @Query(
      """
      SELECT number, jwk, now() AS read_at FROM signing_key
      WHERE signs_from <= statement_timestamp() ORDER BY number DESC LIMIT 1
      """)
  Optional<SigningKey> current();

  @Query("SELECT number, jwk, now() AS read_at FROM signing_key ORDER BY number")
  List<SigningKey> all();

  /**
   * Adds a key if the latest one has signed for long enough, or if there is none. Of several
   * instances that do this at the same time, one succeeds.
   *
   * @param lead the seconds for which a key is published before it signs; the first key signs at
   *     once
   * @return how many keys were added
   */
  @Query(
      """
      INSERT INTO signing_key (number, jwk, signs_from)
      SELECT coalesce(max(number), 0) + 1, :jwk,
        CASE WHEN count(*) = 0 THEN now() ELSE now() + make_interval(secs => :lead) END
      FROM signing_key
      HAVING count(*) = 0 OR max(signs_from) <= now() - make_interval(secs => :rotation)
      ON CONFLICT (number) DO NOTHING
      """)
  int add(String jwk, double lead, double rotation);

  /**
   * Deletes the keys whose tokens have all expired.
   *
   * @param validity the seconds after which a token has expired everywhere
   */
  @Query(
      """
      DELETE FROM signing_key AS old WHERE EXISTS (
        SELECT FROM signing_key AS next
        WHERE next.number > old.number
          AND next.signs_from < now() - make_interval(secs => :validity))
      """)
  int deleteExpired(double validity);
}
