package io.tallyman.billing.state;

/** Publishes the progress of attempts to everybody who follows their tasks. */
public interface ProgressReports {
  /** Returns at once and never fails. Progress may be lost or replaced by later progress. */
  void publish(TaskProgress progress);
}
