package io.tallyman.worker.sheet;

import java.time.Instant;

/** What the store tells of a file. */
public record StoredFile(long bytes, Instant storedAt) {}
