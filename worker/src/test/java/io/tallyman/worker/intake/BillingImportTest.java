package io.tallyman.worker.intake;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.REFUSALS;
import static io.tallyman.worker.billingservice.StandInBillingService.Call.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import io.micronaut.json.JsonMapper;
import io.tallyman.worker.billingservice.StandInBillingService;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.intake.ReadRows.Counts;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.intake.row.UploadReader;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.sheet.file.TestStore;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.BadInput;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TransientFailure;
import io.tallyman.worker.task.Work;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class BillingImportTest {
  private static final Map<String, String> COLUMNS =
      Map.of("account_name", "Beneficiary", "date_billed", "Date", "payable", "Amount");
  private static final ImportParameters PARAMETERS =
      new ImportParameters(COLUMNS, "GBP", null, null, null, null);
  private static final String HEADER = "Date,Amount,Unit,Beneficiary\n";
  private static final String ROW = "2018-10-01,1833.06,Adults,Iron Mountain\n";

  private static final JsonMapper JSON = JsonMapper.createDefault();

  @TempDir private Path store;
  private StandInBillingService billingService;
  private BillingImport type;
  private Work work;

  @BeforeEach
  void start() throws IOException {
    billingService = StandInBillingService.start();
    type = listing(1_000_000, 256 << 20);
    work = TestWork.in(store);
  }

  @AfterEach
  void stop() {
    billingService.close();
  }

  @Test
  void stagesGoodRowsWithTheirLines() throws Exception {
    upload(HEADER + ROW + "2018-10-02,-7.5,,\"Zoë, \"\"Ltd\"\"\"\n");
    answerRows(2);

    Done done = type.run(PARAMETERS, work);

    assertThat(done.sheet()).isNull();
    assertCounts(done, 2, 0, 0);
    assertThat(staged())
        .isEqualTo(
            """
            2,Iron Mountain,,,2018-10-01,1833.06,GBP,1
            3,"Zoë, ""Ltd""\",,,2018-10-02,-7.50,GBP,1
            """);
    long size = Files.size(store.resolve(TestWork.UPLOAD));
    assertThat(TestWork.progress(work)).isEqualTo(new Progress("reading", "bytes", size, size));
  }

  @Test
  void refusedRowsAreListedInTheFormatOfTheImport() throws Exception {
    ImportParameters parameters =
        new ImportParameters(
            COLUMNS,
            "GBP",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new SheetFormat(SheetFormat.Profile.EXCEL, ";", null));
    upload(HEADER + "soon,1.00,=1+2,Acme\n" + ROW);
    answerRows(1);

    type.run(parameters, work);

    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .startsWith("\ufeffline;column;code;message;Date;Amount;Unit;Beneficiary\r\n")
        .contains(";soon;1.00;'=1+2;Acme\r\n");
  }

  @Test
  void refusedRowsBecomeASheetInTheOrderOfTheFile() throws Exception {
    upload(HEADER + "soon,1.00,'=X,Acme\n" + ROW + "\n" + "2018-10-02,x,,Acme,more\n");
    answerRows(1);

    Done done = type.run(PARAMETERS, work);

    assertCounts(done, 4, 2, 1);
    WrittenSheet sheet = Objects.requireNonNull(done.sheet());
    assertThat(sheet.fileName()).isEqualTo("refused-" + TestWork.TASK + ".csv");
    assertThat(sheet.rows()).isEqualTo(2);
    assertThat(sheet.totals()).isEmpty();
    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .isEqualTo(
            """
            line,column,code,message,Date,Amount,Unit,Beneficiary\r
            2,Date,bad-date,\"""soon"" is not a date of the form 2022-03-31",soon,1.00,''=X,Acme\r
            5,,too-many-cells,"5 cells, but the header has 4",2018-10-02,x,,Acme,more\r
            """);
    assertThat(staged()).startsWith("3,Iron Mountain").hasLineCount(1);
  }

  /** The row without a currency belongs to the currency of its vendor. */
  @Test
  void everyAmountThatCanBeReadIsSummed() throws Exception {
    upload(
        """
        Date,Amount,Code,Beneficiary
        2018-10-01,10.00,GBP,A
        2018-10-01,2.50,,A
        2018-10-02,-3.00,GBP,A
        soon,4.00,GBP,A
        2018-10-02,x,GBP,A
        soon,5.00,,A
        ,11.00,GBP,Total
        Printed on Monday,,,
        """);
    answerRows(3);
    Map<String, String> columns =
        Map.of(
            "account_name",
            "Beneficiary",
            "date_billed",
            "Date",
            "payable",
            "Amount",
            "currency",
            "Code");

    Counts counts =
        counts(type.run(new ImportParameters(columns, null, null, null, null, null), work));

    assertThat(counts)
        .isEqualTo(
            new Counts(
                8,
                3,
                0,
                List.of(
                    new ReadRows.Footer(8, "11.00 | GBP | Total", new BigDecimal("11.00")),
                    new ReadRows.Footer(9, "Printed on Monday", null)),
                List.of(
                    new FileTotals.Sum(null, new BigDecimal("2.5"), BigDecimal.ZERO),
                    new FileTotals.Sum("GBP", new BigDecimal("7.00"), new BigDecimal("4.00"))),
                2,
                null));
  }

  @Test
  void sheetListsTheFirstRefusedRowsAndAllAreCounted() throws Exception {
    upload(HEADER + "a,1,,A\n" + ROW + "b,1,,A\n" + "c,1,,A\n");
    answerRows(1);

    Done done = listing(2, 1 << 20).run(PARAMETERS, work);

    assertCounts(done, 4, 3, 0);
    assertThat(Objects.requireNonNull(done.sheet()).rows()).isEqualTo(2);
    assertListed("2,Date,bad-date", "4,Date,bad-date");
  }

  /** Rows that billing-service refuses count towards the limit in the order of the file. */
  @Test
  void sheetListsTheFirstRowsWhoeverRefusesThem() throws Exception {
    upload(HEADER + ROW + "a,1,,A\n" + ROW + "b,1,,A\n" + ROW);
    billingService.answer(STAGING, Answer.json(200, "{\"rows\": 3, \"refused\": 3}"));
    billingService.answer(
        REFUSALS,
        Answer.csv(
            """
            2,account_name,ambiguous-vendor,no
            4,account_name,ambiguous-vendor,no
            6,account_name,ambiguous-vendor,no
            """));

    Done done = listing(3, 1 << 20).run(PARAMETERS, work);

    assertCounts(done, 5, 5, 0);
    assertThat(Objects.requireNonNull(done.sheet()).rows()).isEqualTo(3);
    assertListed("2,Beneficiary,ambiguous", "3,Date,bad-date", "4,Beneficiary,ambiguous");
  }

  @Test
  void sheetOfRefusedRowsHasALimitInBytes() throws Exception {
    upload(HEADER + ("soon,1.00,,\"" + "x".repeat(1_000) + "\"\n").repeat(1_000));
    answerRows(0);

    Done done = listing(1_000_000, 200_000).run(PARAMETERS, work);

    assertCounts(done, 1_000, 1_000, 0);
    assertThat(Objects.requireNonNull(done.sheet()).rows()).isBetween(190L, 300L);
    assertThat(Files.size(store.resolve(TestWork.SHEET))).isBetween(200_000L, 300_000L);
  }

  @Test
  void smallGzipDoesNotBecomeALargeSheet() throws Exception {
    int rows = 300_000;
    Path upload = gzip(HEADER.strip() + ",".repeat(1_000) + "\n" + "x,,,A\n".repeat(rows));
    answerRows(0);

    Done done = type.run(PARAMETERS, work);

    assertThat(Files.size(upload)).isLessThan(50_000);
    assertCounts(done, rows, rows, 0);
    assertThat(Files.size(store.resolve(TestWork.SHEET))).isLessThan(101 << 20);
  }

  @Test
  void fileOfAHeaderOnlyHasNoRows() throws Exception {
    upload(HEADER);
    answerRows(0);

    Done done = type.run(PARAMETERS, work);

    assertThat(done.sheet()).isNull();
    assertCounts(done, 0, 0, 0);
  }

  @Test
  void manyRowsArriveInPieces() throws Exception {
    upload(HEADER + ROW.repeat(50_000));
    answerRows(50_000);

    assertCounts(type.run(PARAMETERS, work), 50_000, 0, 0);
    assertThat(staged())
        .hasLineCount(50_000)
        .endsWith("50001,Iron Mountain,,,2018-10-01,1833.06,GBP,1\n");
  }

  @Test
  void badFileIsGivenUpAndLeavesNoSheet() throws IOException {
    answerRows(0);
    assertGivenUp("empty-file", "");
    assertGivenUp("header-mismatch", "Date,Sum\n");
    assertGivenUp("bad-csv", HEADER + "x\n" + ROW.repeat(20_000) + "\"open\n");
    assertThat(TestStore.files(store.resolve("sheets"))).isEmpty();
  }

  @Test
  void stagingThatLostRowsIsRepeated() throws IOException {
    upload(HEADER + ROW);
    answerRows(0);
    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> type.run(PARAMETERS, work))
        .withMessage("billing-service received 0 of 1 rows.");
  }

  @Test
  void stagingThatIsNotTakenIsRepeated() throws IOException {
    upload(HEADER + ROW.repeat(50_000));
    billingService.answer(STAGING, Answer.of(409));
    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> type.run(PARAMETERS, work))
        .withMessageEndingWith("/staging was answered with 409.");
  }

  @Test
  void rowsThatBillingServiceRefusesStandOnTheSheetInTheOrderOfTheFile() throws Exception {
    upload(HEADER + ROW + "soon,1.00,'=X,Acme\n" + ROW + "2018-10-02,x,,Acme,more\n" + ROW);
    billingService.answer(STAGING, Answer.json(200, "{\"rows\": 3, \"refused\": 2}"));
    billingService.answer(
        REFUSALS,
        Answer.csv(
            """
            2,account_name,ambiguous-vendor,"two vendors, ""Iron Mountain""\"
            6,currency,missing-currency,neither names one
            """));

    Done done = type.run(PARAMETERS, work);

    assertCounts(done, 5, 4, 0);
    assertThat(Objects.requireNonNull(done.sheet()).rows()).isEqualTo(4);
    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .isEqualTo(
            """
            line,column,code,message,Date,Amount,Unit,Beneficiary\r
            2,Beneficiary,ambiguous-vendor,"two vendors, ""Iron Mountain""\"\
            ,2018-10-01,1833.06,Adults,Iron Mountain\r
            3,Date,bad-date,\"""soon"" is not a date of the form 2022-03-31",soon,1.00,''=X,Acme\r
            5,,too-many-cells,"5 cells, but the header has 4",2018-10-02,x,,Acme,more\r
            6,currency,missing-currency,neither names one,2018-10-01,1833.06,Adults,Iron Mountain\r
            """);
    assertThat(billingService.asked(REFUSALS).getFirst().uri())
        .hasPath("/internal/tasks/" + TestWork.TASK + "/attempts/1/staging/refusals");
    long size = Files.size(store.resolve(TestWork.UPLOAD));
    assertThat(TestWork.progress(work))
        .isEqualTo(new Progress("reporting", "bytes", 2 * size, 2 * size));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2,payable,bad-amount,no\n",
        "2,payable,bad-amount,no\n2,payable,bad-amount,no\n",
        "2,payable,bad-amount,no\n3,payable,bad-amount,no\n4,payable,bad-amount,no\n",
        "1,payable,bad-amount,no\n3,payable,bad-amount,no\n",
        "2,payable,bad-amount,no\n3,payable\n",
        "2,payable,bad-amount,no\nx,payable,bad-amount,no\n",
        "2,payable,bad-amount,no\n3,payable,bad-amount,\"no\n",
      })
  void refusalsThatCannotBeRightAreAskedForAgain(String refusals) throws IOException {
    upload(HEADER + ROW + ROW + "x,1,,A\n");
    billingService.answer(STAGING, Answer.json(200, "{\"rows\": 2, \"refused\": 2}"));
    billingService.answer(REFUSALS, Answer.csv(refusals));

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> type.run(PARAMETERS, work))
        .withMessageEndingWith(" of 2 refused rows.");
    assertThat(TestStore.files(store.resolve("sheets"))).isEmpty();
  }

  @Test
  void progressIsInBytesFromTheFirstMoment() throws IOException {
    upload("");
    assertGivenUp("empty-file", "");
    assertThat(TestWork.progress(work)).isEqualTo(new Progress("reading", "bytes", 0, 0L));
  }

  @Test
  void attemptThatIsStoppedReadsNoFurther() throws IOException {
    upload(HEADER + ROW);
    try (Upload upload = Upload.of(Files.newInputStream(store.resolve(TestWork.UPLOAD)), _ -> {})) {
      UploadReader reader = UploadReader.begin(upload, PARAMETERS);
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> reader.read(row -> fail(row.toString())));
    }
  }

  private BillingImport listing(long maxRows, long maxBytes) {
    return new BillingImport(
        TestWork.streams(billingService.uri()),
        new RefusedRowsConfiguration(maxRows, maxBytes),
        JSON);
  }

  private static Counts counts(Done done) throws IOException {
    return JSON.readValueFromTree(Objects.requireNonNull(done.result()), Counts.class);
  }

  private static void assertCounts(Done done, long rows, long refused, long empty)
      throws IOException {
    Counts counts = counts(done);
    assertThat(counts.rows()).isEqualTo(rows);
    assertThat(counts.refused()).isEqualTo(refused);
    assertThat(counts.empty()).isEqualTo(empty);
    assertThat(counts.footers()).isEmpty();
  }

  private void upload(String content) throws IOException {
    Path file = store.resolve(TestWork.UPLOAD);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Path gzip(String content) throws IOException {
    Path file = store.resolve(TestWork.UPLOAD);
    Files.createDirectories(file.getParent());
    try (Writer target =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      target.write(content);
    }
    return file;
  }

  private void answerRows(long rows) {
    billingService.answer(STAGING, Answer.json(200, "{\"rows\": " + rows + "}"));
  }

  private String staged() {
    return billingService.asked(STAGING).getFirst().body();
  }

  private void assertListed(String... beginnings) throws IOException {
    List<String> lines = Files.readAllLines(store.resolve(TestWork.SHEET));
    assertThat(lines).hasSize(1 + beginnings.length);
    for (int row = 0; row < beginnings.length; row++) {
      assertThat(lines.get(1 + row)).startsWith(beginnings[row]);
    }
  }

  private void assertGivenUp(String slug, String content) throws IOException {
    upload(content);
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> type.run(PARAMETERS, work))
        .satisfies(bad -> assertThat(TestWork.slug(bad)).isEqualTo(slug));
  }
}
