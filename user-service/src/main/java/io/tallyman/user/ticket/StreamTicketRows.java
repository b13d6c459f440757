package io.tallyman.user.ticket;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tallyman.user.account.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL statements on tickets. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface StreamTicketRows extends GenericRepository<StreamTicket, String> {
  /**
   * @param lifetime in seconds; the ticket ends earlier if the access token of its sender does
   */
  @Query(
      """
      INSERT INTO stream_ticket (
        ticket_hash, account_id, roles, expires_at, token_ends_at, api_key_id, session_id)
      VALUES (:ticketHash, :accountId, :roles,
        least(now() + make_interval(secs => :lifetime), CAST(:tokenEndsAt AS timestamptz)),
        CAST(:tokenEndsAt AS timestamptz), CAST(:apiKeyId AS bigint), CAST(:sessionId AS uuid))
      RETURNING *
      """)
  StreamTicket add(
      String ticketHash,
      long accountId,
      List<Role> roles,
      double lifetime,
      @Nullable Instant tokenEndsAt,
      @Nullable Long apiKeyId,
      @Nullable UUID sessionId);

  /** Deletes the unused tickets of an account but the latest ones. */
  @Query(
      """
      DELETE FROM stream_ticket WHERE ticket_hash IN (
        SELECT ticket_hash FROM stream_ticket WHERE account_id = :accountId AND used_at IS NULL
        ORDER BY created_at DESC OFFSET :most)
      """)
  int deleteAllBut(int most, long accountId);

  /**
   * Uses a ticket for a stream. Of several requests with the same ticket, one gets it.
   *
   * @param kept in seconds: so long the ticket is kept until it is renewed
   * @return null if the ticket is unknown, was used or has expired
   */
  @Query(
      """
      UPDATE stream_ticket SET used_at = now(), expires_at = now() + make_interval(secs => :kept)
      WHERE ticket_hash = :ticketHash AND used_at IS NULL AND expires_at > now()
      RETURNING *
      """)
  @Nullable StreamTicket use(String ticketHash, double kept);

  /**
   * Keeps the ticket of an open stream.
   *
   * @param kept in seconds: so long the ticket is kept until it is renewed again
   * @return null if the sender may not stay: the access token, the API key or the session has ended
   */
  @Query(
      """
      UPDATE stream_ticket SET expires_at = now() + make_interval(secs => :kept)
      WHERE ticket_hash = :ticketHash AND used_at IS NOT NULL AND expires_at > now()
        AND (token_ends_at IS NULL OR token_ends_at > now())
        AND (api_key_id IS NULL OR EXISTS (
          SELECT FROM api_key
          WHERE id = api_key_id AND (api_key.expires_at IS NULL OR api_key.expires_at > now())))
        AND (session_id IS NULL OR EXISTS (
          SELECT FROM login JOIN account ON account.id = login.account_id
          WHERE login.id = session_id AND idle_until > now() AND login.expires_at > now()
            AND login.created_at >= password_changed_at))
      RETURNING *
      """)
  @Nullable StreamTicket renew(String ticketHash, double kept);

  @Query(
      """
      DELETE FROM stream_ticket WHERE ticket_hash IN (
        SELECT ticket_hash FROM stream_ticket WHERE expires_at <= now() LIMIT :most)
      """)
  int deleteExpired(int most);
}
