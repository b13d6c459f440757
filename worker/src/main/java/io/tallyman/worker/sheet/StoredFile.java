package io.tallyman.worker.sheet;

import java.time.Instant;

/** The size of a file in the store, and when it was stored. */
public record StoredFile(long bytes, Instant storedAt) {}
