package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.event.Encoded;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The connection to a client, and how frames are written on it. */
public interface Transport {
  /**
   * Sends a frame without blocking. The next one is sent when the result is complete, which is when
   * the client can take more.
   */
  CompletionStage<?> send(Frame frame);

  /** Closes the connection. Whatever was not sent is dropped. */
  void close(Close reason);

  /**
   * Is called every second.
   *
   * @param idleNanos how long nothing was sent, although the client could take more
   * @return a frame that says nothing but that the gateway is alive, if it is time for it
   */
  Optional<Frame> tick(long idleNanos);

  /** The state of a subscription's tasks. */
  Frame snapshot(String ref, byte[] snapshot);

  Frame event(String ref, Encoded event);

  Frame progress(String ref, Encoded progress);
}
