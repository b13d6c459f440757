package io.tallyman.billing.expiry;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.kit.problem.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Remembers the ids of expired tasks, groups and sheets for {@value #KEPT_DAYS} days, so that
 * requests for them get 410 instead of 404. The time within a UUIDv7 cannot prove that, because a
 * client can make up an old id.
 */
@Singleton
public class Tombstones {
  private static final int KEPT_DAYS = 400;
  private static final int BATCH = 10_000;

  private final Jdbi jdbi;

  Tombstones(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Records expired ids in the transaction that deletes their rows. Ids that are already recorded
   * are skipped.
   */
  public static void bury(Handle transaction, List<UUID> ids) {
    transaction
        .createUpdate(
            """
            INSERT INTO tombstone (id, expired_at)
            -- ordered, so that transactions with the same ids cannot deadlock
            SELECT DISTINCT id, now() FROM unnest(:ids) AS id ORDER BY id
            ON CONFLICT DO NOTHING
            """)
        .bindArray("ids", UUID.class, ids)
        .execute();
  }

  /**
   * Returns the refusal for an id without a row: {@code expired} if it has a tombstone.
   *
   * @param unknown the refusal to return if there is no tombstone
   */
  public Refusal absence(UUID id, Refusal unknown) {
    return jdbi.withHandle(handle -> isBuried(handle, id)) ? new Expired(id) : unknown;
  }

  private static boolean isBuried(Handle handle, UUID id) {
    return handle
        .createQuery("SELECT EXISTS (SELECT FROM tombstone WHERE id = :id)")
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    int forgotten;
    do {
      forgotten = jdbi.withHandle(Tombstones::forgetBatch);
    } while (forgotten == BATCH);
  }

  private static int forgetBatch(Handle handle) {
    return handle
        .createUpdate(
            """
            DELETE FROM tombstone
            WHERE id = ANY(ARRAY(
              SELECT id FROM tombstone
              WHERE expired_at < now() - make_interval(days => :kept)
              ORDER BY expired_at
              LIMIT :batch
              FOR UPDATE SKIP LOCKED))
            """)
        .bind("kept", KEPT_DAYS)
        .bind("batch", BATCH)
        .execute();
  }
}
