package io.tallyman.gateway.live.session;

/** Something that a session follows. */
interface Subscription {
  /** Ends it. No frame of it is sent after this call. */
  void end();
}
