package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Subject;

/** Follows tasks. One thread calls all methods, which must not block. */
public interface LiveListener {
  /** The next event of a task. */
  void event(Subject subject, Encoded event);

  void progress(Subject subject, Encoded progress);

  /** The tasks could not be read, and nothing more is told. */
  void failed(RuntimeException failure);
}
