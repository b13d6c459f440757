package io.tallyman.worker.intake.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.kit.disk.NewFile;
import io.tallyman.worker.intake.csv.CsvFormat;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetFormat.Profile;
import io.tallyman.worker.sheet.SheetOutput;
import io.tallyman.worker.sheet.SheetWriter;
import io.tallyman.worker.sheet.file.TestStore;
import io.tallyman.worker.task.BadInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** The sheet of refused rows is read as rows of the first file. */
final class RefusedSheetTest {
  /** The file has columns with the names of ours. */
  private static final List<String> HEADER =
      List.of("code", "date_billed", "line", "account_name", "payable");

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Path FILE = makeFile();

  private static Path makeFile() {
    try {
      return Files.createTempFile("refused", ".csv");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterContainer
  static void removeFile() throws IOException {
    Files.deleteIfExists(FILE);
  }

  @Property
  void readsBackToTheOriginalCells(
      @ForAll("rows") List<List<String>> rows, @ForAll("formats") SheetFormat format)
      throws Exception {
    write(rows, format);

    assertThat(read(Files.readAllBytes(FILE), "windows-1252"))
        .extracting(Row::cells)
        .isEqualTo(rows);
  }

  @Property
  void keepsTheLinesOfTheFirstFile(@ForAll("rows") List<List<String>> rows) throws Exception {
    write(rows, SheetFormat.RAW);

    List<Row> read = read(Files.readAllBytes(FILE), null);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(read.get(row).line()).isEqualTo(line(row));
    }
  }

  @Provide
  Arbitrary<List<List<String>>> rows() {
    return texts().list().ofMinSize(HEADER.size()).ofMaxSize(HEADER.size() + 2).list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<SheetFormat> formats() {
    return Combinators.combine(
            Arbitraries.of(Profile.class).injectNull(0.2),
            Arbitraries.of(",", ";", "\t").injectNull(0.2))
        .as((profile, delimiter) -> new SheetFormat(profile, delimiter, null));
  }

  private static Arbitrary<String> texts() {
    Arbitrary<String> marks =
        Arbitraries.strings().withChars("'=+-@\t\r\n\",; #\uFEFFé1").ofMaxLength(6);
    Arbitrary<String> any =
        Arbitraries.strings().ofMaxLength(30).filter(text -> UTF_8.newEncoder().canEncode(text));
    return Arbitraries.oneOf(marks, Combinators.combine(marks, any).as(String::concat));
  }

  /**
   * The first file has semicolons and Windows-1252, and a spreadsheet saved the sheet like that.
   */
  @Example
  void sheetThatASpreadsheetSavedIsRead() throws Exception {
    byte[] saved =
        """
        line;column;code;message;code;date_billed;line;account_name;payable
        17;payable;bad-amount;no;C-77;2031-08-12;x;Caf\u00e9 Clash;12.00
        """
            .getBytes(WINDOWS);

    List<Row> rows = read(saved, "windows-1252");

    assertThat(rows).hasSize(1).first().isInstanceOf(Row.Good.class);
    assertThat(rows.getFirst().line()).isEqualTo(17);
    assertThat(rows.getFirst().cells())
        .containsExactly("C-77", "2031-08-12", "x", "Caf\u00e9 Clash", "12.00");
  }

  @Example
  void linesHaveToAscend() throws Exception {
    String sheet =
        """
        line,column,code,message,date_billed,account_name,payable
        9,,,,2031-08-12,A,1
        9,,,,2031-08-12,B,1
        8,,,,2031-08-12,C,1
        x,,,,2031-08-12,D,1
        ,,,,2031-08-12,E,1
        10,,,,2031-08-12,F,1
        """;

    assertThat(read(sheet.getBytes(UTF_8), null).stream())
        .extracting(row -> row instanceof Row.Refused bad ? bad.code() : "" + row.line())
        .containsExactly("9", "bad-line", "bad-line", "bad-line", "bad-line", "10");
  }

  /** A row below the data was refused because of the rows below it. */
  @Example
  void lastRowIsNoFooter() throws Exception {
    String sheet = "line,column,code,message,date_billed,account_name,payable\n9,,,,,Total,1\n";

    assertThat(read(sheet.getBytes(UTF_8), null)).first().isInstanceOf(Row.Refused.class);
  }

  @Example
  void otherFileIsGivenUp() {
    Stream.of(
            "date_billed,account_name,payable\n",
            "line,column,code,text,date_billed,account_name,payable\n",
            "line,column,code,message\n",
            "line\n",
            "")
        .forEach(
            file ->
                assertThatExceptionOfType(BadInput.class)
                    .as(file)
                    .isThrownBy(() -> read(file.getBytes(UTF_8), null)));
  }

  private static void write(List<List<String>> rows, SheetFormat format) throws IOException {
    List<Column> columns =
        Stream.concat(RefusedSheet.REASON.stream(), HEADER.stream())
            .map(name -> new Column(name, Column.Type.TEXT))
            .toList();
    NewFile file =
        TestStore.at(requireNonNull(FILE.getParent())).begin(FILE.getFileName().toString());
    try (SheetWriter sheet =
        SheetWriter.begin(new SheetOutput(() -> file, 0), columns, format, rows.size())) {
      for (int row = 0; row < rows.size(); row++) {
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(Long.toString(line(row)));
        cells.addAll(List.of("code", "bad-amount", "no, \"not\" this"));
        cells.addAll(rows.get(row));
        sheet.write(cells.toArray(new @Nullable String[0]));
      }
      sheet.finish("refused.csv", Instant.EPOCH);
    }
  }

  private static long line(int row) {
    return 2 + 3L * row;
  }

  private static List<Row> read(byte[] file, @Nullable String charset)
      throws IOException, InterruptedException {
    ImportParameters first =
        new ImportParameters(
            null,
            "GBP",
            ";",
            charset,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            UUID.randomUUID(),
            null);
    CsvFormat format;
    try (Upload upload = Upload.of(new ByteArrayInputStream(file), _ -> {})) {
      format =
          RefusedSheet.format(
              upload, charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
    }
    List<Row> rows = new ArrayList<>();
    try (Upload upload = Upload.of(new ByteArrayInputStream(file), _ -> {})) {
      UploadReader.beginCorrection(upload, format, first).read(rows::add);
    }
    return rows;
  }
}
