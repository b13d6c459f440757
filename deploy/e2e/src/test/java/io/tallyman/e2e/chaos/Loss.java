package io.tallyman.e2e.chaos;

/** The ways in which the answer to a call can be lost. The caller's connection is always closed. */
enum Loss {
  /** The service did the work, and no byte of its answer arrives. */
  WHOLE_ANSWER,
  /** The service did the work, and half of its answer arrives. */
  HALF_ANSWER,
  /** The service never got the request. */
  REQUEST
}
