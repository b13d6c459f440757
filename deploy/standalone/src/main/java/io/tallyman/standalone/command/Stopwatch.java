package io.tallyman.standalone.command;

/** Measures how long something takes. */
record Stopwatch(long startedNanos) {

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  double seconds() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }
}
