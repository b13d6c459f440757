package io.tallyman.billing.store;

import io.tallyman.kit.disk.FolderEntry;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits the folders of one kind of files again and again: first the top folder, then the folders
 * that were found in it. The days come in random order, so that every folder is visited sooner or
 * later even if the service restarts often. Used by one thread at a time.
 */
final class FolderCycle {
  private static final Logger LOG = LoggerFactory.getLogger(FolderCycle.class);
  static final int SECONDS_BETWEEN_ROUNDS = 10;

  /** The number of rounds in which all folders are visited. They take 19.5 hours. */
  private static final int ROUNDS = 7_000;

  private static final int BATCH = 1_000;

  /** Files may still be written to the folders of these last days. */
  private static final int DAYS_IN_USE = 2;

  private final SheetStore store;
  private final String top;
  private final Deque<String> pending = new ArrayDeque<>();
  private int foldersPerRound = 1;

  FolderCycle(SheetStore store, String top) {
    this.store = store;
    this.top = top;
  }

  /** Whether the next round begins with the top folder. */
  boolean isComplete() {
    return pending.isEmpty();
  }

  /**
   * Visits one folder, or as many as it takes to visit all within a day.
   *
   * @param sweep gets the files of the folders in batches, and perhaps removes them
   */
  void round(Consumer<List<FolderEntry>> sweep) throws IOException {
    int folders = foldersPerRound;
    do {
      visit(isComplete() ? top : pending.pop(), sweep);
    } while (--folders > 0 && !isComplete());
  }

  private void visit(String folder, Consumer<List<FolderEntry>> sweep) throws IOException {
    List<String> found = new ArrayList<>();
    store.list(
        folder,
        BATCH,
        entries -> {
          entries.stream()
              .filter(FolderEntry::isFolder)
              .map(FolderEntry::name)
              .filter(name -> StoreNames.dayOf(name).isPresent())
              .forEach(found::add);
          sweep.accept(entries.stream().filter(entry -> !entry.isFolder()).toList());
        });
    if (folder.equals(top)) {
      foldersPerRound = 1 + found.size() * StoreNames.SUB_FOLDERS / ROUNDS;
    }
    Collections.shuffle(found);
    found.forEach(pending::push);
    removeIfUnused(folder);
  }

  /**
   * Removes a file, complete or unfinished. If it cannot be removed, the others still are: a later
   * visit of its folder tries again.
   *
   * @param reason for the log
   */
  void remove(String name, String reason) {
    try {
      if (store.delete(name)) {
        LOG.info("Removed {}: {}", name, reason);
      }
    } catch (IOException failure) {
      LOG.warn("{} could not be removed ({}); trying again within a day", name, failure.toString());
    }
  }

  /** The clock of this service is enough here: a folder that is needed again is made again. */
  private void removeIfUnused(String folder) throws IOException {
    LocalDate inUse = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS_IN_USE);
    if (StoreNames.dayOf(folder).filter(day -> day.isBefore(inUse)).isPresent()) {
      store.removeIfEmpty(folder);
    }
  }
}
