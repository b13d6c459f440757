package io.tallyman.billing.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages of the dispatch queue that workers could not read. The newest {@value #KEPT} stay
 * in a table for the operator; a metric counts all of them.
 */
@Singleton
final class UnreadableMessages {
  private static final Logger LOG = LoggerFactory.getLogger(UnreadableMessages.class);
  private static final int KEPT = 1_000;

  private final Jdbi jdbi;
  private final Counter counter;

  UnreadableMessages(@Named("attempts") Jdbi jdbi, MeterRegistry meters) {
    this.jdbi = jdbi;
    this.counter =
        Counter.builder("tallyman.messages.unreadable")
            .description("Messages of the dispatch queue that no worker could read")
            .register(meters);
  }

  /**
   * @param reason why the worker could not read it
   * @param headers the headers as text, possibly cut off
   * @param body the beginning of the body, in base64
   */
  @Serdeable
  public record Unreadable(
      @NotNull String workerId,
      @NotNull String reason,
      @NotNull @Size(max = 20_000) String headers,
      @NotNull @Size(max = 20_000) String body) {}

  /** Idempotent: a message that is sent again with the same id counts once. */
  void keep(UUID id, Unreadable message) {
    int kept =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        WITH dropped AS (
                          DELETE FROM unreadable_message
                          WHERE seen_at <= (
                            SELECT seen_at FROM unreadable_message
                            ORDER BY seen_at DESC OFFSET :kept - 1 LIMIT 1)
                        )
                        INSERT INTO unreadable_message (id, worker_id, reason, headers, body)
                        VALUES (:id, :workerId, :reason, :headers, decode(:body, 'base64'))
                        ON CONFLICT DO NOTHING
                        """)
                    .bind("id", id)
                    .bind("kept", KEPT)
                    .bindMethods(message)
                    .execute());
    if (kept == 1) {
      counter.increment();
      LOG.warn(
          "A worker cannot read message {} of the dispatch queue ({}); it is kept in the table"
              + " unreadable_message",
          id,
          message.reason());
    }
  }
}
