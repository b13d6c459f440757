package io.tallyman.e2e.chaos;

import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.chaos.Ledger.Entry;
import io.tallyman.e2e.chaos.Promise.Imported;
import io.tallyman.e2e.chaos.Promise.Sheet;
import io.tallyman.testing.TallymanStack;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;

/** Checks the data after all tasks have ended: their results are there once, and nothing else. */
final class Remains {
  /** Sweepers run every 30 s (staged rows) and every 60 s (files). */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private final TallymanStack stack;
  private final BillingTables tables;
  private final Tally tally;

  Remains(TallymanStack stack, Tally tally) {
    this.stack = stack;
    this.tables = new BillingTables(stack);
    this.tally = tally;
  }

  /**
   * @param before tasks from before the ledger was opened
   */
  void audit(Ledger ledger, List<String> before) throws SQLException {
    tables.tasks().stream()
        .filter(task -> !ledger.has(task) && !before.contains(task))
        .forEach(task -> tally.doubled.add("nobody was told of task " + task));
    Map<String, Long> manifests = tables.manifests();
    Map<String, Long> billings = tables.billings();
    Map<String, Long> vendors = tables.vendors();
    for (Entry entry : ledger.entries()) {
      boolean won = tally.hasSucceeded(entry);
      count(entry, "manifests", manifests, won && entry.promise instanceof Sheet ? 1 : 0);
      boolean kept = won && !entry.takenBack;
      Bills bills = kept && entry.promise instanceof Imported imported ? imported.bills() : null;
      count(entry, "billings", billings, bills == null ? 0 : bills.rows());
      count(entry, "vendors", vendors, bills == null ? 0 : bills.vendors());
    }
    awaitNothingElse();
  }

  private void count(Entry entry, String what, Map<String, Long> counts, long expected) {
    long count = counts.getOrDefault(entry.id, 0L);
    if (count != expected) {
      (count > expected ? tally.doubled : tally.lost)
          .add("%s has %d %s, not %d".formatted(entry.id, count, what, expected));
    }
  }

  private void awaitNothingElse() throws SQLException {
    try {
      await("the sweepers")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .ignoreExceptions()
          .until(() -> tables.staged().isEmpty() && files().equals(wanted()));
    } catch (ConditionTimeoutException left) {
      tally.wrong.add(
          "left: staged rows of %s; files %s, of which are wanted %s"
              .formatted(tables.staged(), files(), wanted()));
    }
  }

  private Set<String> files() {
    return new TreeSet<>(stack.sheetFiles());
  }

  private Set<String> wanted() throws SQLException {
    return new TreeSet<>(tables.sheetFiles());
  }
}
