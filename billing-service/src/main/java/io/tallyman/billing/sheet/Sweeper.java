package io.tallyman.billing.sheet;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.sheet.StoreNames.SheetOf;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files from the store that nobody needs: sheets of attempts that are neither live nor the
 * winner, uploads of tasks that are unknown or ended some time ago.
 */
@Singleton
class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** An upload is in the store before its task is in the database. */
  private static final Duration UNKNOWN_KEPT = Duration.ofHours(1);

  private static final Duration UPLOAD_KEPT = Duration.ofDays(7);

  private final Jdbi jdbi;
  private final Store store;

  Sweeper(Jdbi jdbi, Store store) {
    this.jdbi = jdbi;
    this.store = store;
  }

  @Scheduled(fixedDelay = "1m", initialDelay = "10s")
  void sweep() {
    try {
      for (Path file : store.list(StoreNames.SHEETS)) {
        Optional<SheetOf> owner = StoreNames.sheetOf(file.getFileName().toString());
        if (owner.isPresent() && !isWanted(owner.get())) {
          remove(file);
        }
      }
      for (Path file : store.list(StoreNames.UPLOADS)) {
        if (!isWanted(UUID.fromString(file.getFileName().toString()), file)) {
          remove(file);
        }
      }
    } catch (IOException failure) {
      LOG.warn("The store could not be swept ({}); trying again in a minute", failure.toString());
    }
  }

  /** A live attempt has its task's last number, and so has the winner. */
  private boolean isWanted(SheetOf sheet) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (
                      SELECT FROM task
                      WHERE id = :taskId AND attempt = :attempt
                        AND status IN ('STARTED', 'SUCCESS'))
                    """)
                .bindMethods(sheet)
                .mapTo(Boolean.class)
                .one());
  }

  private boolean isWanted(UUID taskId, Path upload) throws IOException {
    Instant stored = Files.getLastModifiedTime(upload).toInstant();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(
                      (SELECT date_done IS NULL OR date_done > now() - :kept
                       FROM task WHERE id = :taskId),
                      :stored > now() - :unknownKept)
                    """)
                .bind("taskId", taskId)
                .bind("kept", UPLOAD_KEPT)
                .bind("stored", stored)
                .bind("unknownKept", UNKNOWN_KEPT)
                .mapTo(Boolean.class)
                .one());
  }

  private static void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    LOG.info("Removed {}: its attempt neither runs nor won, or its task ended long ago", file);
  }
}
