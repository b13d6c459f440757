package io.tallyman.billing.attempt;

/** The answer to a heartbeat. */
enum LeaseRenewal {
  /** The attempt is live, and its lease was renewed. */
  CONTINUE,
  /** A client cancelled the task. */
  REVOKED,
  /** Another attempt may run, or the task ended without this attempt. */
  SUPERSEDED,
  /** The attempt exceeded the time limit of its task type. */
  TIME_LIMIT,
  /** The attempt made no progress for longer than the stall timeout. */
  STALLED
}
