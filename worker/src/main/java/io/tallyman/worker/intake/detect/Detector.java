package io.tallyman.worker.intake.detect;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.worker.intake.csv.CsvFormat;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.task.BadInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Finds out how a file is written: from its first MiB the charset, the delimiter, the header and
 * the columns; from all of it how dates and amounts are written. What the file leaves open becomes
 * a question, unless an option was given that answers it.
 */
public final class Detector {
  private final HeaderWords words = new HeaderWords();
  private final ImportParameters given;

  /** Opens the stored file from its beginning. */
  public interface Source {
    InputStream open() throws IOException;
  }

  /**
   * @param parameters how to read the file, as {@code detection} says
   */
  public record Found(Detection detection, ImportParameters parameters) {}

  private Detector(ImportParameters given) {
    this.given = given;
  }

  /**
   * Looks at the beginning of a file.
   *
   * @param isWhole whether the bytes are the whole file
   * @param given the options that are known
   * @throws BadInput if the file is no CSV, or has no header
   */
  public static Found inspect(byte[] beginning, boolean isWhole, ImportParameters given)
      throws IOException {
    Head head = Head.read(new ByteArrayInputStream(beginning), isWhole);
    return new Detector(given).detect(head);
  }

  /**
   * Reads a whole file.
   *
   * @param given the options that are known
   * @param progress receives the number of bytes read, whenever it grows
   * @throws BadInput if the file cannot be read to its end
   */
  public static Found detect(Source source, ImportParameters given, LongConsumer progress)
      throws IOException {
    Head head;
    try (InputStream file = source.open()) {
      head = Head.read(file, true);
    }
    Detector detector = new Detector(given);
    return head.isComplete() ? detector.detect(head) : detector.detect(head, source, progress);
  }

  private Found detect(Head head) throws IOException {
    Structure structure = Structure.of(head, given, words);
    Mapping mapping = mapping(head, structure);
    Observations observations = new Observations(mapping.places());
    read(head.open(), structure.format(), observations, _ -> {}, true);
    return found(head, structure, mapping, observations, head.isComplete());
  }

  private Found detect(Head head, Source source, LongConsumer progress) throws IOException {
    Structure structure = Structure.of(head, given, words);
    Mapping mapping = mapping(head, structure);
    Observations observations = new Observations(mapping.places());
    try {
      read(source.open(), structure.format(), observations, progress, false);
    } catch (BadInput bad) {
      boolean isGuessed = given.charset() == null;
      if (!isGuessed || !structure.charset().equals(StandardCharsets.UTF_8)) {
        throw bad;
      }
      // The beginning is ASCII, but the rest is not UTF-8.
      structure =
          new Structure(
              Charset.forName("windows-1252"),
              structure.delimiter(),
              structure.headerLine(),
              structure.foundAt(),
              structure.header());
      observations = new Observations(mapping.places());
      read(source.open(), structure.format(), observations, progress, false);
    }
    return found(head, structure, mapping, observations, true);
  }

  private Mapping mapping(Head head, Structure structure) throws IOException {
    List<ColumnShape> shapes = new ArrayList<>();
    structure.header().forEach(_ -> shapes.add(new ColumnShape()));
    try (Upload upload = Upload.of(head.open(), _ -> {})) {
      Iterator<CsvRecord> records = upload.records(structure.format());
      records.next();
      while (records.hasNext()) {
        List<String> cells = records.next().getFields();
        for (int place = 0; place < Math.min(shapes.size(), cells.size()); place++) {
          shapes.get(place).add(cells.get(place));
        }
      }
    } catch (BadInput unreadable) {
      // What was read so far decides. The import says what is wrong there.
      shapes.forEach(ColumnShape::count);
    }
    Map<String, String> columns = given.columns() == null ? Map.of() : given.columns();
    return Mapping.of(structure.header(), shapes, words, columns, given.date() != null);
  }

  private static void read(
      InputStream file,
      CsvFormat format,
      Observations observations,
      LongConsumer progress,
      boolean isLenient)
      throws IOException {
    try (Upload upload = Upload.of(file, progress)) {
      Iterator<CsvRecord> records = upload.records(format);
      records.next();
      while (records.hasNext()) {
        CsvRecord next = records.next();
        observations.add(next.getStartingLineNumber(), next.getFields());
      }
    } catch (BadInput unreadable) {
      if (!isLenient) {
        throw unreadable;
      }
    }
  }

  private Found found(
      Head head,
      Structure structure,
      Mapping mapping,
      Observations observations,
      boolean isComplete) {
    Decisions decisions = new Decisions(given, head, structure, mapping, observations, isComplete);
    ImportParameters parameters = decisions.parameters();
    Map<String, String> options = decisions.options();
    List<Detection.Column> columns = new ArrayList<>();
    Map<Integer, String> fields = new LinkedHashMap<>();
    mapping.places().forEach((field, place) -> fields.put(place, field));
    for (int place = 0; place < structure.header().size(); place++) {
      String field = fields.get(place);
      columns.add(
          new Detection.Column(
              place + 1,
              structure.header().get(place),
              field,
              field == null ? null : mapping.certainty(field)));
    }
    return new Found(
        new Detection(
            head.isPacked() ? "gzip" : "csv",
            isComplete,
            observations.rows(),
            Math.toIntExact(structure.foundAt()),
            columns,
            observations.footers(),
            options,
            Queries.write(options),
            decisions.samples(),
            decisions.questions()),
        parameters);
  }
}
