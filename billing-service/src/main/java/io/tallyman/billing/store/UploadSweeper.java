package io.tallyman.billing.store;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.kit.disk.FolderEntry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes uploads of tasks that are unknown or ended some time ago. Each round looks through one
 * folder. Files with other names than {@link StoreNames} gives belong to somebody else and stay.
 */
@Singleton
class UploadSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(UploadSweeper.class);

  /** An upload is in the store before its task is in the database. */
  private static final Duration UNKNOWN_UPLOAD_KEPT = Duration.ofHours(1);

  private final Jdbi jdbi;
  private final UploadSweeperConfiguration configuration;
  private final LongSupplier stopwatch;
  private final FolderCycle folders;
  private Map<String, Sighting> sightedInLastCycle = Map.of();
  private Map<String, Sighting> sighted = new HashMap<>();

  @Inject
  UploadSweeper(Jdbi jdbi, SheetStore store, UploadSweeperConfiguration configuration) {
    this(jdbi, store, configuration, System::nanoTime);
  }

  /**
   * @param stopwatch a clock like {@link System#nanoTime()}
   */
  UploadSweeper(
      Jdbi jdbi,
      SheetStore store,
      UploadSweeperConfiguration configuration,
      LongSupplier stopwatch) {
    this.jdbi = jdbi;
    this.configuration = configuration;
    this.stopwatch = stopwatch;
    folders = new FolderCycle(store, StoreNames.UPLOADS);
  }

  /**
   * When an upload was found, by the stopwatch, and when it had last changed, by the store's clock.
   * The two are never compared, because the clocks may differ.
   */
  private record Sighting(Instant changed, long since) {}

  @Scheduled(fixedDelay = FolderCycle.SECONDS_BETWEEN_ROUNDS + "s", initialDelay = "10s")
  synchronized void sweep() {
    if (folders.isComplete()) {
      sightedInLastCycle = sighted;
      sighted = new HashMap<>();
    }
    try {
      folders.round(this::sweepFolder);
    } catch (IOException | UncheckedIOException failure) {
      LOG.warn("Uploads could not be swept ({}); trying again in ten seconds", failure.toString());
    }
  }

  private void sweepFolder(List<FolderEntry> files) {
    Map<FolderEntry, UUID> uploads = new HashMap<>();
    for (FolderEntry file : files) {
      StoreNames.uploadOf(file.name()).ifPresent(task -> uploads.put(file, task));
    }
    if (uploads.isEmpty()) {
      return;
    }
    Map<UUID, Boolean> expired = expired(uploads.values());
    uploads.forEach(
        (upload, task) -> {
          Boolean known = expired.get(task);
          if (known == null ? isLeft(upload) : known) {
            folders.remove(upload.name(), "its task ended long ago, or was never accepted");
          }
        });
  }

  /** For each of these tasks that exists: whether the retention of its upload is over. */
  private Map<UUID, Boolean> expired(Collection<UUID> tasks) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, coalesce(date_done < now() - :kept, false) AS expired FROM task
                    WHERE id = ANY(:ids)
                    """)
                .bindArray("ids", UUID.class, List.copyOf(tasks))
                .bind("kept", configuration.uploadRetention())
                .reduceRows(
                    new HashMap<>(),
                    (expired, row) -> {
                      expired.put(
                          row.getColumn("id", UUID.class), row.getColumn("expired", Boolean.class));
                      return expired;
                    }));
  }

  /** Whether an upload without a task has not changed for so long that none will follow. */
  private boolean isLeft(FolderEntry upload) {
    long now = stopwatch.getAsLong();
    Sighting before = sightedInLastCycle.get(upload.name());
    Sighting sighting =
        before != null && before.changed().equals(upload.changed())
            ? before
            : new Sighting(upload.changed(), now);
    sighted.put(upload.name(), sighting);
    return now - sighting.since() > UNKNOWN_UPLOAD_KEPT.toNanos();
  }
}
