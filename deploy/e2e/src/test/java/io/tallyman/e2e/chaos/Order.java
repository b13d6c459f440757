package io.tallyman.e2e.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What a client asks for, and how it does so.
 *
 * @param due how long after the beginning
 * @param body of the type {@code type}, for {@code POST path}
 * @param promises of each task that this makes, in order
 */
record Order(
    Duration due, String path, String type, String body, List<Promise> promises, Habit habit) {

  enum Habit {
    WAITS,
    /** Asks again, under the same key, although it has its answer. */
    ASKS_TWICE,
    /** Hangs up before it can have its answer, and asks again under the same key. */
    HANGS_UP,
    CANCELS_AT_ONCE,
    CANCELS_WHEN_STARTED,
    CANCELS_LATER,
    /** Cancels, and then wants it all the same. */
    TRIES_AGAIN,
    /** Undoes what it imported. */
    TAKES_BACK
  }
}
