package io.tallyman.billing.sheet;

import io.tallyman.billing.store.SheetStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The bytes of a finished sheet. */
public sealed interface SheetBytes {
  /** How many there are; empty if the sheet is lost. */
  OptionalLong size() throws IOException;

  /**
   * Opens a range of them.
   *
   * @return empty if the sheet is lost
   */
  Optional<InputStream> read(long first, long length) throws IOException;

  /** A small sheet, which is in the database. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
  record Inline(byte[] content) implements SheetBytes {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(content.length);
    }

    @Override
    public Optional<InputStream> read(long first, long length) {
      return Optional.of(new ByteArrayInputStream(content, (int) first, (int) length));
    }
  }

  /** A file in the store. */
  record Stored(SheetStore store, String file) implements SheetBytes {
    @Override
    public OptionalLong size() throws IOException {
      return store.size(file);
    }

    @Override
    public Optional<InputStream> read(long first, long length) throws IOException {
      return store.read(file, first, length);
    }
  }
}
