package io.tallyman.worker.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tallyman.worker.work.BadInput;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A stored file of CSV, gzip or not, read as a stream of records: RFC 4180, UTF-8, with a byte
 * order mark or without. A cell has at most 64 Ki characters and a record 1 Mi, so that no file,
 * however broken, needs much memory.
 */
final class Upload implements Closeable {
  private static final int MOST_CHARS_PER_CELL = 64 * 1024;
  private static final int MOST_CHARS_PER_RECORD = 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] GZIP = {(byte) 0x1f, (byte) 0x8b};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final long size;
  private final CountedStream stored;

  private Upload(long size, CountedStream stored) {
    this.size = size;
    this.stored = stored;
  }

  static Upload open(Path file) throws IOException {
    return new Upload(Files.size(file), new CountedStream(Files.newInputStream(file)));
  }

  /**
   * The records from the first line on, once; blank lines are records of one empty cell.
   *
   * @throws BadInput if the gzip, the encoding or the CSV is bad, as soon as that is found
   */
  Iterator<CsvRecord> records() throws IOException {
    InputStream bytes = new BufferedInputStream(stored, BUFFER_BYTES);
    if (begins(bytes, GZIP)) {
      bytes = new BufferedInputStream(GzipStream.open(new CountedStream(bytes)), BUFFER_BYTES);
    }
    if (begins(bytes, BYTE_ORDER_MARK)) {
      bytes.skipNBytes(BYTE_ORDER_MARK.length);
    }
    Iterator<CsvRecord> records =
        CsvReader.builder()
            .skipEmptyLines(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(MOST_CHARS_PER_RECORD)
            .build(handler(), new Utf8Reader(bytes))
            .iterator();
    return new Records(records);
  }

  /** How many bytes of the stored file were read. */
  long read() {
    return stored.count();
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }

  private static CsvRecordHandler handler() {
    return CsvRecordHandler.builder()
        .maxFieldSize(MOST_CHARS_PER_CELL)
        .maxRecordSize(MOST_CHARS_PER_RECORD)
        .build();
  }

  private static boolean begins(InputStream bytes, byte[] mark) throws IOException {
    bytes.mark(mark.length);
    byte[] first = bytes.readNBytes(mark.length);
    bytes.reset();
    return Arrays.equals(first, mark);
  }

  /** Tells what is wrong with a file in our words. */
  private record Records(Iterator<CsvRecord> parsed) implements Iterator<CsvRecord> {
    @Override
    public boolean hasNext() {
      try {
        return parsed.hasNext();
      } catch (CsvParseException failure) {
        throw badInput(failure);
      }
    }

    @Override
    public CsvRecord next() {
      try {
        return parsed.next();
      } catch (CsvParseException failure) {
        throw badInput(failure);
      }
    }

    private static BadInput badInput(CsvParseException failure) {
      return failure.getCause() instanceof BadInput found
          ? found
          : new BadInput(
              "bad-csv", "The file is not sound CSV", String.valueOf(failure.getMessage()));
    }
  }
}
