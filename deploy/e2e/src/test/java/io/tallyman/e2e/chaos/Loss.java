package io.tallyman.e2e.chaos;

/** How the answer to a call may be lost; the caller's connection is closed in each. */
enum Loss {
  /** The service did it all, and not a byte of its answer comes back. */
  WHOLE_ANSWER,
  /** The service did it all, and half of its answer comes back. */
  HALF_ANSWER,
  /** The service never saw the request. */
  REQUEST
}
