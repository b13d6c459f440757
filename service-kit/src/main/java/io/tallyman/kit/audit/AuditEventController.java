package io.tallyman.kit.audit;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.TokenPrincipal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists events, the newest first. The caller merges those of several services. */
@Controller("/audit-events")
@Requires(classes = JdbcRepository.class)
@ExecuteOn(TaskExecutors.BLOCKING)
class AuditEventController {
  static final int MOST = 1_000;

  private static final String ROLE = "admin";

  private final AuditRows rows;
  private final RequestTransactions transactions;

  AuditEventController(AuditRows rows, RequestTransactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  /**
   * @param who the id of the sender
   * @param what the code
   * @param which the id of the object
   * @param from inclusive lower bound of the time
   * @param to exclusive upper bound of the time
   * @param before with {@code before_id}: only events before the event with this time and this id,
   *     or before where it would be
   * @param count the maximum number of events
   */
  @Introspected
  record Query(
      @Nullable @QueryValue Long who,
      @Nullable @QueryValue String what,
      @Nullable @QueryValue String which,
      @Nullable @QueryValue Instant from,
      @Nullable @QueryValue Instant to,
      @Nullable @QueryValue Instant before,
      @QueryValue(value = "before_id", defaultValue = "0") long beforeId,
      @QueryValue(defaultValue = "50") int count) {}

  @Serdeable
  record AuditEvents(List<AuditEvent> data) {}

  @Get
  AuditEvents list(@RequestBean Query query) {
    if (TokenPrincipal.current().filter(sender -> sender.roles().contains(ROLE)).isEmpty()) {
      throw new HttpStatusException(HttpStatus.FORBIDDEN, "Needs a token with the role admin.");
    }
    return new AuditEvents(transactions.read(() -> read(query)));
  }

  private List<AuditEvent> read(Query query) {
    rows.planForValues();
    return rows.before(
        query.who(),
        query.what(),
        query.which(),
        query.from(),
        query.to(),
        query.before(),
        query.beforeId(),
        Math.clamp(query.count(), 1, MOST));
  }
}
