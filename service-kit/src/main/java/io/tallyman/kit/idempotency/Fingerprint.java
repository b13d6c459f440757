package io.tallyman.kit.idempotency;

/** Tells whether a request says the same as an earlier one, which is not kept itself. */
public interface Fingerprint {
  /** What is kept of this request. */
  String make();

  /** Whether this was made of a request that says the same. */
  boolean matches(String kept);
}
