package io.tallyman.kit.idempotency;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL statements of the {@link IdempotencyStore}. Keys are passed as one array per column. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Requires(classes = JdbcRepository.class)
interface KeptAnswerRows extends GenericRepository<KeptAnswer, String> {
  /**
   * Inserts rows for keys, or takes over rows that have expired, and returns these rows. Needs a
   * transaction.
   */
  @Query(
      """
      INSERT INTO kept_answer AS kept (principal, route, key)
      SELECT * FROM unnest(:principals, :routes, :keys) AS taken (principal, route, key)
      ORDER BY principal, route, key
      ON CONFLICT (principal, route, key) DO UPDATE
        SET fingerprint = NULL, status = NULL, location = NULL, body = NULL, kept_at = now()
        WHERE kept.kept_at < now() - make_interval(secs => :retention)
      RETURNING *
      """)
  @Transactional(propagation = Propagation.MANDATORY)
  List<KeptAnswer> take(String[] principals, String[] routes, String[] keys, double retention);

  @Query(
      """
      SELECT kept.*
      FROM unnest(:principals, :routes, :keys) AS asked (principal, route, key)
        JOIN kept_answer AS kept USING (principal, route, key)
      WHERE kept_at >= now() - make_interval(secs => :retention)
      """)
  List<KeptAnswer> find(String[] principals, String[] routes, String[] keys, double retention);

  @Query(
      """
      UPDATE kept_answer AS kept
      SET fingerprint = answer.fingerprint, status = answer.status,
          location = answer.location, body = answer.body
      FROM unnest(
             :principals, :routes, :keys, :fingerprints, :statuses, :locations, :bodies)
        AS answer (principal, route, key, fingerprint, status, location, body)
      WHERE kept.principal = answer.principal AND kept.route = answer.route
        AND kept.key = answer.key
      """)
  @Transactional(propagation = Propagation.MANDATORY)
  void keep(
      String[] principals,
      String[] routes,
      String[] keys,
      String[] fingerprints,
      Integer[] statuses,
      @Nullable String[] locations,
      String[] bodies);

  @Query(
      """
      DELETE FROM kept_answer WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM kept_answer
        WHERE kept_at < now() - make_interval(secs => :retention)
        LIMIT :most))
      """)
  int deleteExpired(double retention, int most);
}
