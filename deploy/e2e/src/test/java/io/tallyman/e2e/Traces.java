package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.TallymanStack;
import java.time.Duration;
import java.util.List;

/** Checks that an import that did not succeed leaves nothing but its upload. */
record Traces(BillingDatabase database) {
  /** Staged rows are swept every 30 s; sheets of lost attempts after 30 to 40 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  static Traces in(TallymanStack stack) {
    return new Traces(new BillingDatabase(stack));
  }

  /** Immediately no billing and no vendor, and finally no staged row and no sheet file. */
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

  /** Finished and unfinished files of all attempts. */
  private List<String> sheetFiles(String task) {
    return database.stack().sheetFiles().stream().filter(file -> file.startsWith(task)).toList();
  }
}
