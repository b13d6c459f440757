package io.tallyman.billing.state;

/** Publishes hints to everybody who follows tasks. */
public interface Hints {
  /** Returns at once and never fails; a hint may be lost. */
  void publish(Hint hint);
}
