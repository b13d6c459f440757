package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/** What an import leaves behind that came to nothing: nothing but its upload. */
record Traces(BillingDatabase database) {
  /** Staged rows are swept every half minute; sheets of lost attempts after 30 to 40 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  static Traces inRunningStack() {
    return new Traces(new BillingDatabase(RunningStack.get()));
  }

  /** No billing and no vendor at once, no staged row and no file of a sheet in the end. */
  void awaitNone(String task) throws Exception {
    assertNothingApplied(task);
    await("staged rows of " + task + " are gone")
        .atMost(PATIENCE)
        .until(() -> database.stagedRowsOf(task) == 0);
    await("files of sheets of " + task + " are gone")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(sheetFiles(task)).isEmpty());
    assertNothingApplied(task);
  }

  void assertNothingApplied(String task) throws Exception {
    assertThat(database.billingsOf(task)).as("billings of %s", task).isZero();
    assertThat(database.vendorsOf(task)).as("vendors of %s", task).isZero();
  }

  /** Written and unfinished ones, of all attempts. */
  private List<String> sheetFiles(String task) {
    return database.stack().sheetFiles().stream().filter(file -> file.startsWith(task)).toList();
  }
}
