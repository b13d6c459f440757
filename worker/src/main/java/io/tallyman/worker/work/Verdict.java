package io.tallyman.worker.work;

/** billing-service's answer to a heartbeat. All values except CONTINUE end the attempt. */
enum Verdict {
  CONTINUE,
  REVOKED,
  SUPERSEDED,
  TIME_LIMIT,
  STALLED
}
