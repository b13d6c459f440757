package io.tallyman.e2e.chaos;

import java.time.Duration;
import java.util.List;

/**
 * A request of a client, and how the client behaves.
 *
 * @param due the time after the start
 * @param body the body of {@code POST path}, with the media type {@code type}
 * @param promises what is promised of each new task, in order
 */
record Order(
    Duration due, String path, String type, String body, List<Promise> promises, Habit habit) {

  enum Habit {
    WAITS,
    /** Repeats the request with the same key, although it got the answer. */
    ASKS_TWICE,
    /** Disconnects before the answer, and repeats the request with the same key. */
    HANGS_UP,
    CANCELS_AT_ONCE,
    CANCELS_WHEN_STARTED,
    CANCELS_LATER,
    /** Cancels the task, and then retries it. */
    TRIES_AGAIN,
    /** Undoes its import. */
    TAKES_BACK
  }
}
