package io.tallyman.worker.work;

/** What billing-service answers to a heartbeat; all but the first end the attempt. */
enum Verdict {
  CONTINUE,
  REVOKED,
  SUPERSEDED,
  TIME_LIMIT,
  STALLED
}
