package io.tallyman.worker.intake.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.kit.disk.NewFile;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetFormat.Profile;
import io.tallyman.worker.sheet.SheetOutput;
import io.tallyman.worker.sheet.SheetStore;
import io.tallyman.worker.sheet.SheetWriter;
import io.tallyman.worker.sheet.TextCell;
import io.tallyman.worker.sheet.file.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** An import reads the same text that was written to a sheet, for all texts and formats. */
final class SheetRoundTripTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("account_name", Column.Type.TEXT),
          new Column("payable", Column.Type.DECIMAL),
          new Column("reference", Column.Type.TEXT));

  private static final Path FILE = makeFile();

  record Cells(String name, String payable, String reference) {}

  private static Path makeFile() {
    try {
      return Files.createTempFile("round-trip", ".csv");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterContainer
  static void removeFile() throws IOException {
    Files.deleteIfExists(FILE);
  }

  @Property
  void importReadsWhatWasWritten(
      @ForAll("rows") List<Cells> rows, @ForAll("formats") SheetFormat format) throws IOException {
    write(rows, format);

    assertThat(read(format)).isEqualTo(rows);
  }

  @Property
  void noTextOfASheetForSpreadsheetsIsRunAndNoNumberIsChanged(
      @ForAll("rows") List<Cells> rows, @ForAll("delimiters") @Nullable String delimiter)
      throws IOException {
    SheetFormat format = new SheetFormat(Profile.EXCEL, delimiter, null);
    write(rows, format);

    List<CsvRecord> records = records(format);
    for (int row = 0; row < rows.size(); row++) {
      CsvRecord record = records.get(row);
      assertThat(record.getField(0)).doesNotMatch("(?s)[=+@\\t\\r-].*");
      assertThat(record.getField(1)).isEqualTo(rows.get(row).payable());
      assertThat(record.getField(2)).doesNotMatch("(?s)[=+@\\t\\r-].*");
    }
  }

  @Provide
  Arbitrary<List<Cells>> rows() {
    return Combinators.combine(texts(), Arbitraries.of("0", "-1250.00", "+3"), texts())
        .as(Cells::new)
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<SheetFormat> formats() {
    Arbitrary<@Nullable String> decimals = Arbitraries.of(".", ",").injectNull(0.2);
    return Combinators.combine(
            Arbitraries.of(Profile.class).injectNull(0.2), delimiters(), decimals)
        .as(SheetFormat::new);
  }

  @Provide
  Arbitrary<@Nullable String> delimiters() {
    return Arbitraries.of(",", ";", "\t").injectNull(0.2);
  }

  /** Text that UTF-8 can encode: without lone surrogates. */
  private static Arbitrary<String> texts() {
    Arbitrary<String> marks =
        Arbitraries.strings().withChars("'=+-@\t\r\n\",; #\uFEFFé1").ofMaxLength(6);
    Arbitrary<String> any =
        Arbitraries.strings().ofMaxLength(30).filter(text -> UTF_8.newEncoder().canEncode(text));
    return Arbitraries.oneOf(marks, Combinators.combine(marks, any).as(String::concat));
  }

  private static void write(List<Cells> rows, SheetFormat format) throws IOException {
    SheetStore store = TestStore.at(requireNonNull(FILE.getParent()));
    NewFile file = store.begin(FILE.getFileName().toString());
    try (SheetWriter sheet =
        SheetWriter.begin(new SheetOutput(() -> file, 0), COLUMNS, format, 10)) {
      for (Cells row : rows) {
        sheet.write(new @Nullable String[] {row.name(), row.payable(), row.reference()});
      }
      sheet.finish("sheet.csv", Instant.EPOCH);
    }
  }

  private static List<Cells> read(SheetFormat format) throws IOException {
    return records(format).stream()
        .map(
            record ->
                new Cells(
                    TextCell.read(record.getField(0)),
                    ",".equals(format.decimal())
                        ? record.getField(1).replace(',', '.')
                        : record.getField(1),
                    TextCell.read(record.getField(2))))
        .toList();
  }

  /** The records after the header, as an import with the same delimiter reads them. */
  private static List<CsvRecord> records(SheetFormat format) throws IOException {
    String delimiter = "\t".equals(format.delimiter()) ? "tab" : format.delimiter();
    if (delimiter == null && ",".equals(format.decimal())) {
      delimiter = ";";
    }
    ImportParameters how = new ImportParameters(null, null, delimiter, null, null, null);
    List<CsvRecord> records = new ArrayList<>();
    try (Upload upload = Upload.of(Files.newInputStream(FILE), _ -> {})) {
      Iterator<CsvRecord> all = upload.records(CsvFormat.of(how));
      assertThat(all.next().getFields()).containsExactly("account_name", "payable", "reference");
      all.forEachRemaining(records::add);
    }
    return records;
  }
}
