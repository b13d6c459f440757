package io.tallyman.e2e.chaos;

/** What has to become of a task that nobody cancels. */
sealed interface Promise {
  /**
   * A sheet.
   *
   * @param amounts the column that is summed
   */
  record Sheet(Figures figures, String amounts) implements Promise {}

  /** Billings, each once. */
  record Imported(Bills bills) implements Promise {}

  /** The billings of another task are gone again. */
  record TakenBack(Bills bills) implements Promise {}

  /** A failure for this reason. */
  record Failed(String reason) implements Promise {}
}
