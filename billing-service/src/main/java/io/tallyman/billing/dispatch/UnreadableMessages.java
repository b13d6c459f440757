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
 * Where workers put the messages of the dispatch queue that they cannot read: the newest {@value
 * #KEPT} are kept for somebody to look at, and all are counted.
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
   * @param reason why it cannot be read
   * @param headers as text
   * @param body its beginning, in base64
   */
  @Serdeable
  public record Unreadable(
      @NotNull String workerId,
      @NotNull String reason,
      @NotNull @Size(max = 20_000) String headers,
      @NotNull @Size(max = 20_000) String body) {}

  /** May be repeated with the same id, and counts as one. */
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
      LOG.warn("Message {} of the dispatch queue is set aside: {}", id, message.reason());
    }
  }
}
