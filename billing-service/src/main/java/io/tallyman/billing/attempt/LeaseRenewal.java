package io.tallyman.billing.attempt;

/** What a heartbeat learns about its attempt. */
enum LeaseRenewal {
  /** It is live, and its lease is renewed. */
  CONTINUE,
  /** The task was cancelled. */
  REVOKED,
  /** Another attempt may run, or the task has ended without this one. */
  SUPERSEDED,
  /** It took longer than its type allows. */
  TIME_LIMIT,
  /** It made no progress for too long. */
  STALLED
}
