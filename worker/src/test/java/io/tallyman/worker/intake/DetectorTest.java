package io.tallyman.worker.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.detect.Detection;
import io.tallyman.worker.intake.detect.Detector;
import io.tallyman.worker.intake.detect.Question;
import io.tallyman.worker.task.BadInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out about a file without being told. */
final class DetectorTest {
  private static final String PLAIN =
      "columns=payable:Amount,date_billed:Date,account_name:Supplier";

  @TempDir private Path store;

  /** File, the query that reads it, and the options that are asked for besides the currency. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a01-preamble            | header_line=5&columns=payable:Amount,date_billed:Clearing Date,account_name:Vendor Name,account_number:Vendor ID,reference:Document&date_format=dd MMM yyyy |
          a03-extra-empty-cells   | PLAIN&date_format=ISO |
          a06-final-blank-line    | PLAIN&date_format=ISO |
          a07-blank-header-columns| PLAIN&date_format=ISO |
          a08-repeated-header     | PLAIN&date_format=ISO |
          a09-header-spaces       | PLAIN&date_format=ISO |
          a16-sep-line            | PLAIN&date_format=ISO |
          a17-no-date-column      | header_line=2&columns=payable:Total,account_name:Supplier Name | date
          a18-mixed-line-ends     | PLAIN&date_format=ISO |
          a19-ctrl-z              | PLAIN&date_format=ISO |
          b01-thousands           | PLAIN&date_format=ISO&thousands=, |
          b03-parentheses         | PLAIN&date_format=ISO&negative=parentheses |
          b05-unicode-minus       | PLAIN&date_format=ISO |
          b08-direction-column    | columns=payable:Amount,direction:CR/DR,date_billed:Date,account_name:Supplier&date_format=ISO&negative=cr | negative
          b09-two-amount-columns  | columns=debit:Debit,credit:Credit,date_billed:Date,account_name:Supplier&date_format=ISO&negative=cr | negative
          b12-four-decimals       | PLAIN&date_format=ISO |
          b13-odd-numbers         | PLAIN&date_format=ISO |
          c01-date-time           | PLAIN&date_format=dd/MM/yyyy |
          c03-month-names         | PLAIN&date_format=d-MMM-yy~d-MMMM-yy |
          c04-serial-dates        | PLAIN&date_format=excel | date_format
          c05-mixed-dates         | PLAIN&date_format=dd/MM/yyyy~d MMMM yyyy~ISO | date_format
          c06-two-digit-years     | PLAIN&date_format=dd/MM/yy | pivot
          d01-windows-1252        | charset=windows-1252&columns=payable:Amount £,date_billed:Date,account_name:Supplier&date_format=ISO | charset
          d02-content-type-charset| charset=windows-1252&PLAIN&date_format=ISO | charset
          d05-bom-twice           | PLAIN&date_format=ISO |
          e04-excel-text-formula  | PLAIN,account_number:Account&date_format=ISO |
          """)
  void fileIsUnderstood(String file, String query, String asked) throws IOException {
    Detection detection = detect(content(file), "");

    assertThat(query(detection)).isEqualTo(query.replace("PLAIN", PLAIN).replace('~', '|'));
    assertThat(asked(detection)).isEqualTo(asked == null ? "currency" : asked + ",currency");
  }

  /** Files that name their currency. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a11-header-case     | columns=date_billed:DATE_BILLED,account_name:Account_Name,payable:PAYABLE,currency:Currency&date_format=ISO
          b07-dot-thousands   | delimiter=;&columns=payable:Betrag,date_billed:Datum,account_name:Lieferant&date_format=ISO&decimal=,&thousands=.&currency_signs=€:EUR&currency=EUR
          b14-currency-column | columns=payable:Amount,date_billed:Date,account_name:Supplier,currency:Cur&date_format=ISO
          """)
  void fileThatNamesItsCurrencyLeavesNoQuestion(String file, String query) throws IOException {
    Detection detection = detect(content(file), "");

    assertThat(query(detection)).isEqualTo(query);
    assertThat(asked(detection)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,234; 5,678      | decimal | decimal=.&thousands=,
          1.234; 56.789     | decimal | decimal=.
          1,234; 5.50       |         | thousands=,
          1,234; 0,500      |         | decimal=,
          1,234; 1234,5     |         | decimal=,
          1,234,567; 1,000  |         | thousands=,
          1.234.567; 1.000  |         | decimal=,&thousands=.
          1'234.50; 2       |         | thousands='
          1 234,50; 2       |         | decimal=,&thousands=space
          12; 5             |         |
          1,50; 1.50        | decimal | decimal=.
          """)
  void separatorIsKnownOnlyFromAmountsThatShowIt(String amounts, String asked, String query)
      throws IOException {
    StringBuilder csv = new StringBuilder("date;payee;amount;currency\n");
    for (String amount : amounts.split("; ", -1)) {
      csv.append("2031-01-01;A;").append(amount.strip()).append(";GBP\n");
    }

    Detection detection = detect(csv.toString().getBytes(UTF_8), "");

    assertThat(asked(detection)).isEqualTo(asked == null ? "" : asked);
    assertThat(query(detection) + "&")
        .endsWith("date_format=ISO&" + (query == null ? "" : query + "&"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          01/02/2031 05/06/2031 | dd/MM/yyyy | date_format
          01/02/2031 25/06/2031 | dd/MM/yyyy |
          01/02/2031 06/25/2031 | MM/dd/yyyy |
          1/2/2031 06/25/2031   | M/d/yyyy   |
          13/02/2031 02/14/2031 | dd/MM/yyyy | date_format
          2031/02/01 2031/12/31 | yyyy/MM/dd |
          20310201 20311231     | yyyyMMdd   |
          2031-02-01T10:00      | ISO        |
          1.2.2031 13.2.2031    | d.M.yyyy   |
          Feb-1-2031            | MMM-d-yyyy |
          """)
  void dayAndMonthAreKnownOnlyFromDatesThatShowIt(String dates, String format, String asked)
      throws IOException {
    StringBuilder csv = new StringBuilder("date;payee;amount;currency\n");
    for (String date : dates.split(" ", -1)) {
      csv.append(date).append(";A;1;GBP\n");
    }

    Detection detection = detect(csv.toString().getBytes(UTF_8), "");

    assertThat(detection.options()).containsEntry("date_format", format);
    assertThat(asked(detection)).isEqualTo(asked == null ? "" : asked);
  }

  @Test
  void choicesShowWhatACellWouldMean() throws IOException {
    Question question = detect(content("c05-mixed-dates"), "").questions().getFirst();

    assertThat(question.choices())
        .extracting(choice -> choice.value() + " " + choice.samples().getFirst().value())
        .containsExactly(
            "dd/MM/yyyy|d MMMM yyyy|ISO 2031-06-05", "MM/dd/yyyy|d MMMM yyyy|ISO 2031-05-06");
  }

  @Test
  void samplesShowWhatTheFirstCellsMean() throws IOException {
    assertThat(detect(content("b03-parentheses"), "").samples())
        .extracting(sample -> sample.field() + " " + sample.cell() + " " + sample.value())
        .startsWith(
            "payable (978.00) -978.00",
            "date_billed 2031-04-03 2031-04-03",
            "account_name Credit Note Ltd Credit Note Ltd");
  }

  @Test
  void answersAreKeptAndNotAskedAgain() throws IOException {
    String answers = "currency=GBP&date_format=MM/dd/yyyy|d MMMM yyyy|ISO";

    Detection detection = detect(content("c05-mixed-dates"), answers);

    assertThat(detection.questions()).isEmpty();
    assertThat(query(detection)).contains("currency=GBP", "date_format=MM/dd/yyyy|d MMMM yyyy|ISO");
  }

  @Test
  void rowThatContradictsTheDatesOfTheOthersIsRefused() throws Exception {
    byte[] csv =
        "date;payee;amount;currency\n13/02/2031;A;1;GBP\n02/14/2031;B;1;GBP\n".getBytes(UTF_8);

    ImportParameters parameters =
        Detector.inspect(csv, true, Queries.read("date_format=dd/MM/yyyy")).parameters();

    TestReading read = TestReading.of(csv, parameters, store);
    assertThat(read.good()).hasSize(1);
    assertThat(read.refused()).extracting(row -> row.get(2)).containsExactly("bad-date");
  }

  @Test
  void columnOfUnknownNameIsAskedForWithItsCells() throws IOException {
    byte[] csv =
        "aa;bb;cc;dd\n2031-01-01;Oak Ltd;North;1.50\n2031-01-02;Elm Ltd;South;2.50\n"
            .getBytes(UTF_8);

    Detection detection = detect(csv, "currency=GBP");

    assertThat(detection.options().get("columns")).contains("payable:dd", "date_billed:aa");
    assertThat(detection.questions())
        .singleElement()
        .satisfies(
            question -> {
              assertThat(question.field()).isEqualTo("account_name");
              assertThat(question.choices())
                  .extracting(Question.Choice::value)
                  .containsExactly("account_name:bb", "account_name:cc");
            });
  }

  /** "3M" may be an amount with a sign, so no column is surely that of the vendors. */
  @Test
  void everythingIsAskedForInOneRound() throws IOException {
    byte[] csv = "date;payee;amount\n01/02/2031;3M;1,234\n".getBytes(UTF_8);

    assertThat(asked(detect(csv, ""))).isEqualTo("columns,date_format,decimal,currency");
  }

  @Test
  void rowsBelowTheDataAreFooters() throws IOException {
    byte[] csv =
        "date;payee;amount;currency\n2031-01-01;Total Gas;1.50;GBP\n;;1.50;\n;Printed;;\n"
            .getBytes(UTF_8);

    assertThat(detect(csv, "").footers())
        .extracting(footer -> footer.line() + " " + footer.cells())
        .containsExactly("3 [1.50]", "4 [Printed]");
  }

  @Test
  void firstMebibyteIsReadAndTheRestIsNot() throws IOException {
    StringBuilder csv = new StringBuilder("date;payee;amount;currency\n");
    while (csv.length() < 2 << 20) {
      csv.append("01/02/2031;Oak Ltd;1,50;GBP\n");
    }
    csv.append("31/12/2031;Oak Ltd;1,50;GBP\n");
    byte[] bytes = csv.toString().getBytes(UTF_8);

    Detection beginning = Detector.inspect(bytes, true, ImportParameters.OURS).detection();
    Detection whole =
        Detector.detect(() -> new ByteArrayInputStream(bytes), ImportParameters.OURS, _ -> {})
            .detection();

    assertThat(beginning.complete()).isFalse();
    assertThat(asked(beginning)).isEqualTo("date_format");
    assertThat(whole.complete()).isTrue();
    assertThat(asked(whole)).isEmpty();
    assertThat(whole.options()).containsEntry("date_format", "dd/MM/yyyy");
  }

  @Test
  void bytesThatAreNotUtf8MayComeLate() throws IOException {
    StringBuilder csv = new StringBuilder("date;payee;amount;currency\n");
    while (csv.length() < 2 << 20) {
      csv.append("2031-02-01;Oak Ltd;1,50;GBP\n");
    }
    csv.append("2031-02-01;Caf\u00e9;1,50;GBP\n");
    byte[] bytes = csv.toString().getBytes(ISO_8859_1);

    Detection whole =
        Detector.detect(() -> new ByteArrayInputStream(bytes), ImportParameters.OURS, _ -> {})
            .detection();

    assertThat(asked(whole)).isEqualTo("charset");
    assertThat(whole.options()).containsEntry("charset", "windows-1252");
  }

  @Test
  void packedFileIsUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content("b14-currency-column"));
    }
    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 9);

    assertThat(detect(packed.toByteArray(), "").format()).isEqualTo("gzip");
    assertThat(Detector.inspect(cut, false, ImportParameters.OURS).detection().complete())
        .isFalse();
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> Detector.inspect(cut, true, ImportParameters.OURS))
        .withMessageContaining("gzip");
  }

  @ParameterizedTest
  @CsvSource({
    "PK\3\4 xl/workbook.xml, Excel workbook (xlsx)",
    "PK\3\4 payments.csv, zip",
    "'\u00d0\u00cf\u0011\u00e0', Excel workbook (xls)",
    "%PDF-1.7, PDF",
    "'<!DOCTYPE html><p>', HTML"
  })
  void otherFormatsAreNamed(String content, String name) {
    byte[] bytes = content.getBytes(ISO_8859_1);
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> Detector.inspect(bytes, true, ImportParameters.OURS))
        .withMessageContaining(name);
  }

  /** Inspects and detects; both must find the same. */
  private static Detection detect(byte[] content, String given) throws IOException {
    Detection inspected = Detector.inspect(content, true, Queries.read(given)).detection();
    Detection detected =
        Detector.detect(() -> new ByteArrayInputStream(content), Queries.read(given), _ -> {})
            .detection();
    assertThat(detected).isEqualTo(inspected);
    return inspected;
  }

  private static String query(Detection detection) {
    return URLDecoder.decode(detection.query(), UTF_8);
  }

  private static String asked(Detection detection) {
    return detection.questions().stream().map(Question::option).collect(Collectors.joining(","));
  }

  private static byte[] content(String file) throws IOException {
    try (var stream =
        Objects.requireNonNull(
            DetectorTest.class.getResourceAsStream("/odd/" + file + ".csv"), file)) {
      return stream.readAllBytes();
    }
  }
}
