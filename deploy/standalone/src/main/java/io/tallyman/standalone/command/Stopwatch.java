package io.tallyman.standalone.command;

/** How long something has taken so far. */
record Stopwatch(long startedNanos) {

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  double seconds() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }
}
