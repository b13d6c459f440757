package io.tallyman.kit.idempotency;

/** Compares a request with an earlier one, of which only this fingerprint is kept. */
public interface Fingerprint {
  /** Returns the text to keep. */
  String make();

  /** Whether the kept text was made from an equal request. */
  boolean matches(String kept);
}
