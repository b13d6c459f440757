package io.tallyman.billing.worker;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.database.JsonParameter;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the reports of workers. A worker is live if it reported within the last {@value
 * #SILENCE_SECONDS} seconds.
 */
@Singleton
public final class WorkerRegistry {
  static final int SILENCE_SECONDS = 15;
  private static final int LEAST_OFFERS = 100;
  private static final int OFFERS_PER_SLOT = 4;

  private final Jdbi jdbi;
  private final JsonMapper json;

  WorkerRegistry(@Named("attempts") Jdbi jdbi, JsonMapper json) {
    this.jdbi = jdbi;
    this.json = json;
  }

  /**
   * A worker's report about itself, sent every 5 s.
   *
   * @param slots how many attempts it runs at once
   * @param freeSlots slots that wait for a task; a slot that is claiming a task, or has no
   *     connection to the broker, is neither free nor running
   * @param lightSlots how many short attempts it runs at once besides; null from older workers
   * @param freeLightSlots like {@code freeSlots}
   * @param takesSeveral whether it reads messages of the dispatch queue with several tasks; null
   *     from older workers, which do not
   */
  @Serdeable
  record Report(
      @Min(1) @Max(1000) int slots,
      @Min(0) int freeSlots,
      @Nullable @Min(0) @Max(1000) Integer lightSlots,
      @Nullable @Min(0) Integer freeLightSlots,
      @NotNull List<Running> running,
      @Nullable Boolean takesSeveral) {}

  @Serdeable
  record Running(UUID taskId, int attempt) {}

  void report(String workerId, Report report) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO worker
                      (id, slots, free_slots, light_slots, free_light_slots, running,
                       takes_several, seen_at)
                    VALUES
                      (:id, :slots, :freeSlots, coalesce(:lightSlots, 0),
                       coalesce(:freeLightSlots, 0), :running, coalesce(:takesSeveral, false),
                       now())
                    ON CONFLICT (id) DO UPDATE
                    SET slots = excluded.slots, free_slots = excluded.free_slots,
                      light_slots = excluded.light_slots,
                      free_light_slots = excluded.free_light_slots,
                      running = excluded.running, takes_several = excluded.takes_several,
                      seen_at = excluded.seen_at
                    """)
                .bind("id", workerId)
                .bind("slots", report.slots())
                .bind("freeSlots", report.freeSlots())
                .bind("lightSlots", report.lightSlots())
                .bind("freeLightSlots", report.freeLightSlots())
                .bind("running", JsonParameter.of(json, report.running()))
                .bind("takesSeveral", report.takesSeveral())
                .execute());
  }

  void leave(String workerId) {
    jdbi.useHandle(handle -> handle.execute("DELETE FROM worker WHERE id = ?", workerId));
  }

  /** Whether a live worker has a free slot of any kind. */
  public boolean hasFreeSlot(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (
              SELECT FROM worker
              WHERE free_slots + free_light_slots > 0 AND seen_at >= now() - make_interval(secs => :silence))
            """)
        .bind("silence", SILENCE_SECONDS)
        .mapTo(Boolean.class)
        .one();
  }

  /** Deletes workers that stopped reporting. */
  public void forgetSilent() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "DELETE FROM worker WHERE seen_at < now() - make_interval(secs => ?)",
                SILENCE_SECONDS));
  }

  /**
   * What live workers take from the dispatch queue.
   *
   * @param most the most tasks that may be dispatched and unclaimed at a time: {@code max(100, 4 ×
   *     live slots)}, where slots of both kinds count
   * @param workers how many live workers there are
   * @param takeSeveral whether each of them reads messages with several tasks
   */
  public record Offers(int most, int workers, boolean takeSeveral) {}

  public Offers offers(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT greatest(:least, :perSlot * coalesce(sum(slots + light_slots), 0)) AS most,
              count(*) AS workers, coalesce(bool_and(takes_several), false) AS take_several
            FROM worker
            WHERE seen_at >= now() - make_interval(secs => :silence)
            """)
        .bind("least", LEAST_OFFERS)
        .bind("perSlot", OFFERS_PER_SLOT)
        .bind("silence", SILENCE_SECONDS)
        .map(RecordMapper.of(Offers.class))
        .one();
  }

  /** The slots of all live workers together, without the light ones. */
  int liveSlots(Handle handle) {
    return sum(handle, "slots");
  }

  /** The light slots of all live workers together. */
  int liveLightSlots(Handle handle) {
    return sum(handle, "light_slots");
  }

  private static int sum(Handle handle, String slots) {
    return handle
        .createQuery(
            """
            SELECT coalesce(sum(<slots>), 0) FROM worker
            WHERE seen_at >= now() - make_interval(secs => :silence)
            """)
        .define("slots", slots)
        .bind("silence", SILENCE_SECONDS)
        .mapTo(Integer.class)
        .one();
  }
}
