package io.tallyman.worker.billingservice;

/** What billing-service answers to a heartbeat; all but the first end the attempt. */
public enum Verdict {
  CONTINUE,
  REVOKED,
  SUPERSEDED,
  TIME_LIMIT,
  STALLED
}
