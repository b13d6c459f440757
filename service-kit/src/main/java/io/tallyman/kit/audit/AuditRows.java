package io.tallyman.kit.audit;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL statements on events. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Requires(classes = JdbcRepository.class)
interface AuditRows extends GenericRepository<AuditEvent, Long> {
  /**
   * @param details a JSON object
   */
  @Query(
      """
      INSERT INTO audit_event (who, who_name, what, kind, which, address, request_id, details)
      VALUES (:who, :whoName, :what, :kind, :which, :address, :requestId, CAST(:details AS jsonb))
      """)
  void add(
      @Nullable Long who,
      @Nullable String whoName,
      String what,
      String kind,
      @Nullable String which,
      @Nullable String address,
      @Nullable String requestId,
      String details);

  /**
   * Has PostgreSQL plan the statements of the current transaction for their values. A plan for any
   * values could not use an index for a filter, because the filter may be null.
   */
  @Query("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")
  @Transactional(propagation = Propagation.MANDATORY)
  String planForValues();

  /** The latest events before a position that match the filters, the newest first. */
  @Query(
      """
      SELECT * FROM audit_event
      WHERE (CAST(:who AS bigint) IS NULL OR who = CAST(:who AS bigint))
        AND (CAST(:what AS text) IS NULL OR what = CAST(:what AS text))
        AND (CAST(:which AS text) IS NULL OR which = CAST(:which AS text))
        AND at >= coalesce(CAST(:from AS timestamptz), '-infinity')
        AND at < coalesce(CAST(:to AS timestamptz), 'infinity')
        AND (at, id)
          < (coalesce(CAST(:before AS timestamptz), 'infinity'), CAST(:beforeId AS bigint))
      ORDER BY at DESC, id DESC
      LIMIT :count
      """)
  List<AuditEvent> before(
      @Nullable Long who,
      @Nullable String what,
      @Nullable String which,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Instant before,
      long beforeId,
      int count);

  /**
   * Makes the partitions of this and the next month, and drops those that are too old.
   *
   * @param retention in seconds
   * @return how many were dropped
   */
  @Query("SELECT keep_audit_partitions(make_interval(secs => :retention))")
  int keepPartitions(double retention);
}
