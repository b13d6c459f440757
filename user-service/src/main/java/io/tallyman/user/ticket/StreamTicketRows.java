package io.tallyman.user.ticket;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tallyman.user.account.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL statements on tickets. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface StreamTicketRows extends GenericRepository<StreamTicket, String> {
  /**
   * @param lifetime in seconds; the ticket ends earlier if the access token of its sender does
   */
  @Query(
      """
      INSERT INTO stream_ticket (ticket_hash, account_id, roles, expires_at, token_ends_at)
      VALUES (:ticketHash, :accountId, :roles,
        least(now() + make_interval(secs => :lifetime), CAST(:tokenEndsAt AS timestamptz)),
        CAST(:tokenEndsAt AS timestamptz))
      RETURNING *
      """)
  StreamTicket add(
      String ticketHash,
      long accountId,
      List<Role> roles,
      double lifetime,
      @Nullable Instant tokenEndsAt);

  /** Deletes all tickets of an account but the latest ones. */
  @Query(
      """
      DELETE FROM stream_ticket WHERE ticket_hash IN (
        SELECT ticket_hash FROM stream_ticket WHERE account_id = :accountId
        ORDER BY created_at DESC OFFSET :most)
      """)
  int deleteAllBut(int most, long accountId);

  /**
   * Takes a ticket. Of several requests with the same ticket, one gets it.
   *
   * @return null if the ticket is unknown, was used or has expired
   */
  @Query(
      """
      DELETE FROM stream_ticket WHERE ticket_hash = :ticketHash AND expires_at > now()
      RETURNING *
      """)
  @Nullable StreamTicket take(String ticketHash);

  @Query(
      """
      DELETE FROM stream_ticket WHERE ticket_hash IN (
        SELECT ticket_hash FROM stream_ticket WHERE expires_at <= now() LIMIT :most)
      """)
  int deleteExpired(int most);
}
