package io.tallyman.e2e.chaos;

/** The expected end of a task that is not cancelled. */
sealed interface Promise {
  /**
   * A sheet.
   *
   * @param amounts the name of the column that is summed
   */
  record Sheet(Figures figures, String amounts) implements Promise {}

  /** An import adds its billings, each once. */
  record Imported(Bills bills) implements Promise {}

  /** The billings of another import are removed. */
  record TakenBack(Bills bills) implements Promise {}

  /** The task fails for this reason. */
  record Failed(String reason) implements Promise {}
}
