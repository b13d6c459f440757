package io.tallyman.billing.sheet;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.sheet.StoreNames.SheetOf;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes unneeded files from the store: sheets of attempts that are not live and did not end their
 * task, and uploads of tasks that are unknown or ended long enough ago. Files with names in another
 * form than those of {@link StoreNames} are not touched.
 */
@Singleton
class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final int BATCH = 1_000;

  /** An upload is stored before its task is inserted, so an unknown one is kept for a while. */
  private static final Duration UNKNOWN_UPLOAD_KEPT = Duration.ofHours(1);

  private final Jdbi jdbi;
  private final Store store;
  private final StoreConfiguration configuration;
  private final LongSupplier stopwatch;
  private volatile Map<Path, Sighting> unknownUploads = Map.of();

  @Inject
  Sweeper(Jdbi jdbi, Store store, StoreConfiguration configuration) {
    this(jdbi, store, configuration, System::nanoTime);
  }

  /**
   * @param stopwatch a monotonic clock in nanoseconds
   */
  Sweeper(Jdbi jdbi, Store store, StoreConfiguration configuration, LongSupplier stopwatch) {
    this.jdbi = jdbi;
    this.store = store;
    this.configuration = configuration;
    this.stopwatch = stopwatch;
  }

  /**
   * An upload without a task: when its file last changed, by the store's clock, and since when it
   * was seen so, by the stopwatch. The two clocks may differ, so they are never compared.
   */
  private record Sighting(FileTime changed, long since) {}

  @Scheduled(fixedDelay = "1m", initialDelay = "10s")
  void sweep() {
    try {
      store.forEachBatch(StoreNames.SHEETS, BATCH, this::sweepSheets);
      Map<Path, Sighting> sighted = new HashMap<>();
      store.forEachBatch(StoreNames.UPLOADS, BATCH, files -> sweepUploads(files, sighted));
      unknownUploads = sighted;
    } catch (IOException | UncheckedIOException failure) {
      LOG.warn(
          "Deleting unneeded files from the store failed ({}); trying again in a minute",
          failure.toString());
    }
  }

  private void sweepSheets(List<Path> files) {
    Map<Path, SheetOf> sheets = owners(files, StoreNames::sheetOf);
    Set<SheetOf> wanted = wantedSheets(sheets.values());
    sheets.entrySet().stream()
        .filter(sheet -> !wanted.contains(sheet.getValue()))
        .forEach(
            sheet -> remove(sheet.getKey(), "it belongs to no running attempt and to no result"));
  }

  private void sweepUploads(List<Path> files, Map<Path, Sighting> sighted) {
    Map<Path, UUID> uploads = owners(files, StoreNames::uploadOf);
    Map<UUID, Boolean> expired = expiredUploads(uploads.values());
    uploads.forEach(
        (file, task) -> {
          Boolean known = expired.get(task);
          if (known == null ? isLeft(file, sighted) : known) {
            remove(file, "its task ended long ago, or was never accepted");
          }
        });
  }

  /**
   * The sheets to keep. Both a live attempt and the attempt that ended its task have the task's
   * latest number.
   */
  private Set<SheetOf> wantedSheets(Collection<SheetOf> sheets) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id AS task_id, attempt FROM task
                    WHERE id = ANY(:ids) AND (status = 'STARTED' OR result IS NOT NULL)
                    """)
                .bindArray("ids", UUID.class, sheets.stream().map(SheetOf::taskId).toList())
                .map(ConstructorMapper.of(SheetOf.class))
                .set());
  }

  /** For each existing task, whether the retention of its upload is over. */
  private Map<UUID, Boolean> expiredUploads(Collection<UUID> tasks) {
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

  private static <T> Map<Path, T> owners(List<Path> files, Function<String, Optional<T>> ownerOf) {
    Map<Path, T> owners = new HashMap<>();
    for (Path file : files) {
      ownerOf.apply(file.getFileName().toString()).ifPresent(owner -> owners.put(file, owner));
    }
    return owners;
  }

  /**
   * Whether a file has not changed for an hour. This uses the change time of the inode, which a new
   * hard link updates too. The content may be older: several tasks can share one upload by hard
   * links.
   */
  private boolean isLeft(Path file, Map<Path, Sighting> sighted) {
    try {
      FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
      long now = stopwatch.getAsLong();
      Sighting before = unknownUploads.get(file);
      Sighting sighting =
          before != null && before.changed().equals(changed) ? before : new Sighting(changed, now);
      sighted.put(file, sighting);
      return now - sighting.since() > UNKNOWN_UPLOAD_KEPT.toNanos();
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void remove(Path file, String reason) {
    try {
      if (Files.deleteIfExists(file)) {
        LOG.info("Deleted {}: {}", file, reason);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
