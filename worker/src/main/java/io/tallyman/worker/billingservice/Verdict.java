package io.tallyman.worker.billingservice;

/** billing-service's answer to a heartbeat. All values except CONTINUE end the attempt. */
public enum Verdict {
  CONTINUE,
  REVOKED,
  SUPERSEDED,
  TIME_LIMIT,
  STALLED
}
