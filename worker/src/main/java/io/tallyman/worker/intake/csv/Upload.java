package io.tallyman.worker.intake.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tallyman.worker.task.BadInput;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * A stored CSV file, compressed or not, read as a stream of records. The format is RFC 4180 with a
 * configurable delimiter, with or without a byte order mark. A cell may have 65,536 characters and
 * a record 1,048,576, so that no broken file needs much memory.
 */
public final class Upload implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] GZIP = {(byte) 0x1f, (byte) 0x8b};

  private final CountedStream stored;

  private Upload(CountedStream stored) {
    this.stored = stored;
  }

  /**
   * @param read receives the number of bytes read from the stored file, whenever it grows
   */
  public static Upload of(InputStream file, LongConsumer read) {
    return new Upload(new CountedStream(file, read));
  }

  /**
   * The records from the header on. Call it once. A blank line is a record with one empty cell. If
   * the first line is {@code sep=;}, as spreadsheets write it, its delimiter is used.
   *
   * @throws BadInput here or from the iterator, if the gzip, the encoding or the CSV is invalid
   */
  public Iterator<CsvRecord> records(CsvFormat format) throws IOException {
    InputStream bytes = unpacked();
    FileKind.requireCsv(bytes);
    Utf16.refuse(bytes, format.charset());
    BufferedReader text = new BufferedReader(new StrictReader(bytes, format.charset()));
    Character separator = Separator.named(text);
    CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator == null ? format.delimiter() : separator)
            .skipEmptyLines(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(CsvFault.MOST_CHARS_PER_RECORD)
            .build(handler(), text);
    Integer headerLine = format.headerLine();
    skip(reader, headerLine == null ? (separator == null ? 1 : 2) : headerLine);
    return new Records(reader.iterator());
  }

  /**
   * How a file begins.
   *
   * @param text its first characters
   * @param isValid whether the file can be decoded to its end
   */
  public record Beginning(String text, boolean isValid) {}

  /** Decodes the whole file and keeps its first characters. Call it instead of {@link #records}. */
  public Beginning beginning(Charset charset, int characters) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[BUFFER_BYTES];
    try (Reader reader = new StrictReader(unpacked(), charset)) {
      for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
        text.append(buffer, 0, Math.min(read, characters - text.length()));
      }
      return new Beginning(text.toString(), true);
    } catch (BadInput bad) {
      return new Beginning(text.toString(), false);
    }
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }

  private InputStream unpacked() throws IOException {
    InputStream bytes = new BufferedInputStream(stored, BUFFER_BYTES);
    if (!begins(bytes, GZIP)) {
      return bytes;
    }
    CountedStream packed = new CountedStream(bytes, _ -> {});
    return new BufferedInputStream(GzipStream.open(packed), BUFFER_BYTES);
  }

  /** The lines above the header are not CSV: they may have any quotes. */
  private static void skip(CsvReader<CsvRecord> reader, int headerLine) {
    try {
      reader.skipLines(headerLine - 1);
    } catch (CsvParseException failure) {
      throw failure.getCause() instanceof EOFException
          ? new BadInput(
              "empty-file",
              "The file is empty",
              "The file has no header: it ends before line " + headerLine + ".")
          : CsvFault.of(failure);
    }
  }

  private static CsvRecordHandler handler() {
    return CsvRecordHandler.builder()
        .maxFields(CsvFault.MOST_CELLS)
        .maxFieldSize(CsvFault.MOST_CHARS_PER_CELL)
        .maxRecordSize(CsvFault.MOST_CHARS_PER_RECORD)
        .build();
  }

  private static boolean begins(InputStream bytes, byte[] mark) throws IOException {
    bytes.mark(mark.length);
    byte[] first = bytes.readNBytes(mark.length);
    bytes.reset();
    return Arrays.equals(first, mark);
  }

  /** Translates the parser's exceptions. */
  private record Records(Iterator<CsvRecord> parsed) implements Iterator<CsvRecord> {
    @Override
    public boolean hasNext() {
      try {
        return parsed.hasNext();
      } catch (CsvParseException failure) {
        throw CsvFault.of(failure);
      }
    }

    @Override
    public CsvRecord next() {
      try {
        return parsed.next();
      } catch (CsvParseException failure) {
        throw CsvFault.of(failure);
      }
    }
  }
}
