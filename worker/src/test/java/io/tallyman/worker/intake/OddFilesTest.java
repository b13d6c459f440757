package io.tallyman.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.task.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people meet in CSV files, read with the options that say so. */
final class OddFilesTest {
  private static final String COLUMNS = "columns=date_billed:Date,account_name:Supplier";
  private static final String PLAIN = COLUMNS + ",payable:Amount";

  @TempDir private Path store;

  /** File, options besides the plain columns, good rows as line date amount, and refused lines. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a03-extra-empty-cells   | | 2 2031-03-03 10.00; 3 2031-03-03 20.00; 4 2031-03-03 30.00 |
          a06-final-blank-line    | | 2 2031-03-06 10.00 |
          a07-blank-header-columns| | 2 2031-03-07 10.00; 3 2031-03-07 11.00 |
          a08-repeated-header     | | 2 2031-03-08 10.00; 4 2031-03-08 20.00 | 3 Date bad-date
          a09-header-spaces       | | 2 2031-03-09 10.00 |
          a16-sep-line            | | 3 2031-03-16 10.00 |
          a18-mixed-line-ends     | | 2 2031-03-18 1.00; 3 2031-03-18 2.00; 4 2031-03-18 3.00 |
          a19-ctrl-z              | | 2 2031-03-19 10.00 |
          b01-thousands           | thousands=, | 2 2031-04-01 1234.50; 3 2031-04-01 12345678.00; 4 2031-04-01 999.99 |
          b01-thousands           | | 4 2031-04-01 999.99 | 2 Amount bad-amount; 3 Amount bad-amount
          b03-parentheses         | negative=parentheses | 2 2031-04-03 -978.00; 3 2031-04-03 978.00 |
          b03-parentheses         | | 3 2031-04-03 978.00 | 2 Amount bad-amount
          b05-unicode-minus       | | 2 2031-04-05 -50.00; 3 2031-04-05 60.00 |
          b12-four-decimals       | | 2 2031-04-12 1234.50; 3 2031-04-12 -7.00 | 4 Amount bad-amount
          c01-date-time           | date_format=dd/MM/yyyy | 2 2031-05-31 10.00; 3 2031-05-31 20.00 |
          c03-month-names         | date_format=d-MMM-yy | 2 2031-06-01 10.00; 3 2031-06-02 20.00 | 4 Date bad-date
          c03-month-names         | date_format=d-MMM-yy~d-MMMM-yy | 2 2031-06-01 10.00; 3 2031-06-02 20.00; 4 2031-06-03 30.00 |
          c04-serial-dates        | date_format=excel | 2 2031-05-31 10.00; 3 2031-06-01 20.00 |
          c05-mixed-dates         | date_format=dd/MM/yyyy~d MMMM yyyy~ISO | 2 2031-06-05 10.00; 3 2031-06-06 20.00; 4 2031-06-07 30.00 |
          c06-two-digit-years     | date_format=dd/MM/yy | 3 2031-01-01 20.00 | 2 Date bad-date
          c06-two-digit-years     | date_format=dd/MM/yy&pivot=80 | 2 1999-12-31 10.00; 3 2031-01-01 20.00 |
          d02-content-type-charset| charset=windows-1252 | 2 2031-07-02 10.00 |
          d05-bom-twice           | | 2 2031-07-05 10.00 |
          """)
  void fileIsReadAsItIsMeant(String file, String options, String good, String refused)
      throws Exception {
    assertRead(file, with(PLAIN, options), good, refused);
  }

  /** The same with all options. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a01-preamble            | header_line=5&date_format=dd MMM yyyy&columns=date_billed:Clearing Date,account_name:Vendor Name,payable:Amount | 6 2031-03-06 4007.00; 7 2031-03-07 310.50 |
          a11-header-case         | | 2 2031-03-11 10.00 |
          a17-no-date-column      | header_line=2&date=2011-07-31&columns=account_name:Supplier Name,payable:Total | 3 2011-07-31 16484.00; 4 2011-07-31 1100.00 |
          b07-dot-thousands       | delimiter=;&decimal=,&thousands=.&currency_signs=€:GBP&columns=date_billed:Datum,account_name:Lieferant,payable:Betrag | 2 2031-04-07 1234.50; 3 2031-04-07 -1000.00; 4 2031-04-07 34.50 |
          b08-direction-column    | columns=date_billed:Date,account_name:Supplier,payable:Amount,direction:CR/DR | 2 2031-04-08 100.00; 3 2031-04-08 -40.00 |
          b08-direction-column    | negative=dr&columns=date_billed:Date,account_name:Supplier,payable:Amount,direction:CR/DR | 2 2031-04-08 -100.00; 3 2031-04-08 40.00 |
          b09-two-amount-columns  | columns=date_billed:Date,account_name:Supplier,debit:Debit,credit:Credit | 2 2031-04-09 100.00; 3 2031-04-09 -40.00 |
          b13-odd-numbers         | columns=date_billed:Date,account_name:Supplier,payable:Amount | 2 2031-04-13 0.00; 7 2031-04-13 50.00 | 3 Amount bad-amount; 4 Amount bad-amount; 5 Amount bad-amount; 6 Amount bad-amount; 8 Amount bad-amount; 9 Amount bad-amount
          b14-currency-column     | columns=date_billed:Date,account_name:Supplier,payable:Amount,currency:Cur | 4 2031-04-14 3.00; 5 2031-04-14 4.00 | 2 Cur bad-currency; 3 Cur bad-currency
          d01-windows-1252        | charset=windows-1252&columns=date_billed:Date,account_name:Supplier,payable:Amount £ | 2 2031-07-01 10.00; 3 2031-07-01 20.00 |
          """)
  void fileIsReadWithItsOptions(String file, String options, String good, String refused)
      throws Exception {
    assertRead(file, options == null ? "" : options, good, refused);
  }

  @Test
  void formulaThatMeansATextIsThatText() throws Exception {
    TestReading read =
        read(content("e04-excel-text-formula"), with(PLAIN + ",account_number:Account", null));
    assertThat(read.good()).extracting(row -> row.get(2)).containsExactly("00099", "00098");
  }

  @Test
  void columnsOfTheSameNameAreToldApartByTheirPlaces() throws Exception {
    byte[] csv = "Date,Name,Name,Sum\n2031-01-01,A,B,1\n".getBytes(StandardCharsets.UTF_8);
    assertThat(read(csv, "columns=date_billed:Date,account_name:#3,payable:Sum").good())
        .extracting(row -> row.get(1))
        .containsExactly("B");
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(csv, "columns=date_billed:Date,account_name:Name,payable:Sum"))
        .withMessageContaining("account_name (Name) occurs more than once")
        .withMessageContaining("#2");
  }

  @Test
  void invisibleCharactersAreShownInMessages() {
    byte[] csv = "Da\u200bte\ufeff;Name\n".getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(csv, PLAIN))
        .withMessageContaining("Da<U+200B>te<U+FEFF>;Name");
  }

  @Test
  void brokenQuoteIsNamedWithItsLine() {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(content("a15-quote-broken"), PLAIN))
        .withMessageContaining("line 3");
  }

  @Test
  void brokenQuoteBehindAPreambleIsNamedWithItsLineInTheFile() {
    byte[] csv = "\"title\nDate,Supplier,Amount\n1,\"a\"b,2\n".getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(csv, PLAIN + "&header_line=2"))
        .withMessageContaining("line 3");
  }

  @Test
  void headerBelowTheEndOfTheFileIsMissing() {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read("a\nb\n".getBytes(StandardCharsets.UTF_8), "header_line=9"))
        .withMessageContaining("line 9");
  }

  @ParameterizedTest
  @CsvSource({"'',no header", "'\ufeff',no header", "' \r\n\r\n',missing"})
  void fileWithoutContentFailsInWords(String content, String message) {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(content.getBytes(StandardCharsets.UTF_8), ""))
        .withMessageContaining(message);
  }

  @Test
  void everyMemberOfAGzipIsRead() throws Exception {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (String part : List.of("date_billed,account_name,payable\n", "2031-01-01,A,1\n")) {
      GZIPOutputStream member = new GZIPOutputStream(members);
      member.write(part.getBytes(StandardCharsets.UTF_8));
      member.finish();
    }
    assertThat(read(members.toByteArray(), "").good()).hasSize(1);
  }

  @Test
  void zipIsCalledAZipAndGzipIsAdvised() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("payments.csv"));
      zip.write(content("a03-extra-empty-cells"));
    }
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(bytes.toByteArray(), PLAIN))
        .withMessage(
            "The file is a zip archive. Send the CSV file itself; to compress it, use gzip.");
  }

  private void assertRead(String file, String options, String good, String refused)
      throws Exception {
    TestReading read = read(content(file), options);

    assertThat(
            read.good().stream()
                .map(row -> row.get(0) + " " + row.get(4) + " " + row.get(5))
                .collect(Collectors.joining("; ")))
        .isEqualTo(good);
    assertThat(
            read.refused().stream()
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                .collect(Collectors.joining("; ")))
        .isEqualTo(refused == null ? "" : refused);
  }

  private TestReading read(byte[] content, String options)
      throws IOException, InterruptedException {
    ImportParameters parameters =
        Queries.read(options.isEmpty() ? "currency=GBP" : options + "&currency=GBP");
    return TestReading.of(content, parameters, store);
  }

  private static String with(String columns, @Nullable String options) {
    return options == null ? columns : columns + "&" + options.replace('~', '|');
  }

  private static byte[] content(String file) throws IOException {
    try (var stream =
        Objects.requireNonNull(
            OddFilesTest.class.getResourceAsStream("/odd/" + file + ".csv"), file)) {
      return stream.readAllBytes();
    }
  }
}
