package io.tallyman.billing.store;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.store.StoreNames.SheetOf;
import io.tallyman.kit.database.RecordMapper;
import io.tallyman.kit.disk.FolderEntry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the files of sheets that nobody needs. A sheet is needed while its attempt runs or a
 * manifest names it.
 *
 * <p>The table {@code unneeded_sheet} lists most of the others. To find the rest, such as the
 * sheets of tasks that a restored database does not know, each round looks through one folder.
 * Files with other names than {@link StoreNames} gives belong to somebody else and stay.
 */
@Singleton
class SheetSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(SheetSweeper.class);
  private static final int BATCH = 1_000;

  /** A worker whose attempt was lost notices it within seconds, and removes its files itself. */
  private static final Duration LEFT_TO_THE_WORKER = Duration.ofSeconds(30);

  private final Jdbi jdbi;
  private final FolderCycle folders;

  SheetSweeper(Jdbi jdbi, SheetStore store) {
    this.jdbi = jdbi;
    folders = new FolderCycle(store, StoreNames.SHEETS);
  }

  @Scheduled(fixedDelay = FolderCycle.SECONDS_BETWEEN_ROUNDS + "s", initialDelay = "10s")
  synchronized void sweep() {
    sweepListed();
    try {
      folders.round(this::sweepFolder);
    } catch (IOException | UncheckedIOException failure) {
      LOG.warn("Sheets could not be swept ({}); trying again in ten seconds", failure.toString());
    }
  }

  /**
   * Removes the files of the attempts that the database lists. No transaction is open meanwhile:
   * several instances may remove the same files, and nobody waits for a slow disk.
   */
  private void sweepListed() {
    for (List<SheetOf> attempts = listed(); !attempts.isEmpty(); attempts = listed()) {
      Map<String, SheetOf> sheets = new HashMap<>();
      for (SheetOf attempt : attempts) {
        String name = StoreNames.sheet(attempt.taskId(), attempt.attempt());
        sheets.put(name, attempt);
        sheets.put(StoreNames.withoutFolders(name), attempt);
      }
      removeUnneeded(sheets);
      forget(attempts);
    }
  }

  private List<SheetOf> listed() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT task_id, attempt FROM unneeded_sheet
                    WHERE unneeded_since < now() - :patience
                    LIMIT :batch
                    """)
                .bind("patience", LEFT_TO_THE_WORKER)
                .bind("batch", BATCH)
                .map(RecordMapper.of(SheetOf.class))
                .list());
  }

  private void forget(List<SheetOf> attempts) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    DELETE FROM unneeded_sheet
                    USING unnest(:tasks, :attempts) AS swept (task_id, attempt)
                    WHERE unneeded_sheet.task_id = swept.task_id
                      AND unneeded_sheet.attempt = swept.attempt
                    """)
                .bindArray("tasks", UUID.class, attempts.stream().map(SheetOf::taskId).toList())
                .bindArray(
                    "attempts", Integer.class, attempts.stream().map(SheetOf::attempt).toList())
                .execute());
  }

  private void sweepFolder(List<FolderEntry> files) {
    Map<String, SheetOf> sheets = new HashMap<>();
    for (FolderEntry file : files) {
      StoreNames.sheetOf(file.name()).ifPresent(owner -> sheets.put(file.name(), owner));
    }
    removeUnneeded(sheets);
  }

  private void removeUnneeded(Map<String, SheetOf> sheets) {
    if (sheets.isEmpty()) {
      return;
    }
    Set<String> needed = jdbi.withHandle(handle -> needed(handle, sheets));
    for (String name : sheets.keySet()) {
      if (!needed.contains(name)) {
        folders.remove(name, "its attempt does not run, and no manifest names it");
      }
    }
  }

  /** The files that running attempts may write, and those that manifests name. */
  private static Set<String> needed(Handle handle, Map<String, SheetOf> sheets) {
    Set<UUID> tasks = sheets.values().stream().map(SheetOf::taskId).collect(Collectors.toSet());
    // In this order: if an attempt succeeds in between, both queries find it.
    Set<SheetOf> running = running(handle, tasks);
    Set<String> needed = new HashSet<>(named(handle, tasks));
    sheets.forEach(
        (name, attempt) -> {
          if (running.contains(attempt)) {
            needed.add(name);
          }
        });
    return needed;
  }

  private static Set<SheetOf> running(Handle handle, Set<UUID> tasks) {
    return handle
        .createQuery(
            """
            SELECT id AS task_id, attempt FROM task
            WHERE id = ANY(:tasks) AND status = 'STARTED'
            """)
        .bindArray("tasks", UUID.class, List.copyOf(tasks))
        .map(RecordMapper.of(SheetOf.class))
        .set();
  }

  private static Set<String> named(Handle handle, Set<UUID> tasks) {
    return handle
        .createQuery("SELECT file FROM sheet WHERE task_id = ANY(:tasks) AND file IS NOT NULL")
        .bindArray("tasks", UUID.class, List.copyOf(tasks))
        .mapTo(String.class)
        .set();
  }
}
