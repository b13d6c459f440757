package io.tallyman.worker.billing;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.worker.billingservice.StandInBillingService;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetFormat.Profile;
import io.tallyman.worker.sheet.Total;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.sheet.file.TestStore;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TransientFailure;
import io.tallyman.worker.task.Work;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BillingSheetTest {
  private static final SheetParameters MARCH_31 =
      new SheetParameters(LocalDate.of(2022, 3, 31), null, null, null, null, null);
  private static final String ROW = "2022-03-31,\"Acme, Inc.\",A-1,,10.50,GBP,1\n";

  private static final Instant SNAPSHOT = Instant.parse("2022-04-01T05:06:07.123456Z");

  @TempDir private Path store;
  private StandInBillingService billingService;
  private BillingSheet type;
  private Work work;

  @BeforeEach
  void start() throws IOException {
    billingService = StandInBillingService.start();
    type = new BillingSheet(TestWork.streams(billingService.uri()));
    work = TestWork.in(store);
  }

  @AfterEach
  void stop() {
    billingService.close();
  }

  @Test
  void writesTheRowsAsTheyCome() throws Exception {
    serve(2, ROW + "2022-03-31,'=Bob,,INV-7,-0.25,GBP,3\n", false);

    WrittenSheet sheet = Objects.requireNonNull(type.run(MARCH_31, work).sheet());

    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .isEqualTo(
            """
            date_billed,account_name,account_number,reference,payable,currency,total_issues\r
            2022-03-31,"Acme, Inc.",A-1,,10.50,GBP,1\r
            2022-03-31,''=Bob,,INV-7,-0.25,GBP,3\r
            """);
    assertThat(sheet.fileName()).isEqualTo("billing-2022-03-31.csv");
    assertThat(sheet.rows()).isEqualTo(2);
    assertThat(sheet.totals()).containsExactly(new Total("GBP", new BigDecimal("10.25")));
    assertThat(sheet.snapshotAt()).isEqualTo(Instant.parse("2022-04-01T05:06:07.123456Z"));
    assertThat(TestWork.progress(work)).isEqualTo(new Progress("writing", "rows", 2, 2L));
  }

  @Test
  void writesTheFormatThatWasAskedFor() throws Exception {
    serve(1, "2022-03-31,=Bob,-1,+A,-0.25,GBP,3\n", false);
    LocalDate day = LocalDate.of(2022, 3, 31);
    SheetFormat format = new SheetFormat(Profile.EXCEL, ";", null);

    type.run(new SheetParameters(day, null, null, null, null, format), work);

    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .isEqualTo(
            """
            \uFEFFdate_billed;account_name;account_number;reference;payable;currency;total_issues\r
            2022-03-31;'=Bob;'-1;'+A;-0.25;GBP;3\r
            """);
  }

  @Test
  void writesMoreRowsThanArePassedOnAtOnce() throws Exception {
    serve(12_345, ROW.repeat(12_345), false);

    WrittenSheet sheet = Objects.requireNonNull(type.run(MARCH_31, work).sheet());
    assertThat(sheet.rows()).isEqualTo(12_345);
    assertThat(sheet.totals()).containsExactly(new Total("GBP", new BigDecimal("129622.50")));
  }

  @Test
  void dayWithoutBillingsHasAHeaderOnly() throws Exception {
    serve(0, "", false);

    assertThat(Objects.requireNonNull(type.run(MARCH_31, work).sheet()).rows()).isZero();
    assertThat(Files.readString(store.resolve(TestWork.SHEET))).hasLineCount(1);
  }

  @Test
  void asksForTheDaysTheVendorAndTheCurrency() throws Exception {
    serve(0, "", false);
    SheetParameters parameters =
        new SheetParameters(
            null, LocalDate.of(2018, 1, 1), LocalDate.of(2022, 12, 31), 7L, "GBP", null);

    WrittenSheet sheet = Objects.requireNonNull(type.run(parameters, work).sheet());
    assertThat(sheet.fileName()).isEqualTo("billing-2018-01-01_2022-12-31.csv");
    assertThat(billingService.asked(ROWS).getFirst().uri())
        .hasPath("/internal/billings/rows")
        .hasQuery("from=2018-01-01&to=2022-12-31&vendor_id=7&currency=GBP");
  }

  @Test
  void smallSheetNeedsNoStream() throws Exception {
    work =
        TestWork.in(
            store,
            json(
                """
                {"snapshot_at": "2022-04-01T05:06:07.123456Z",
                  "rows": [["2022-03-31", "=Bob", null, "", "-0.25", "GBP", "3"]]}
                """));

    WrittenSheet sheet = Objects.requireNonNull(type.run(MARCH_31, work).sheet());

    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .isEqualTo(
            """
            date_billed,account_name,account_number,reference,payable,currency,total_issues\r
            2022-03-31,=Bob,,,-0.25,GBP,3\r
            """);
    assertThat(sheet.snapshotAt()).isEqualTo(SNAPSHOT);
    assertThat(sheet.totals()).containsExactly(new Total("GBP", new BigDecimal("-0.25")));
    assertThat(TestWork.progress(work)).isEqualTo(new Progress("writing", "rows", 1, 1L));
    assertThat(billingService.asked(ROWS)).isEmpty();
  }

  @Test
  void inputOfALaterReleaseIsIgnored() throws Exception {
    work = TestWork.in(store, json("{\"rows_in\": \"another way\"}"));
    serve(1, ROW, false);

    assertThat(Objects.requireNonNull(type.run(MARCH_31, work).sheet()).rows()).isOne();
  }

  @Test
  void rowsThatEndEarlyLeaveNoSheet() throws IOException {
    serve(3, ROW.repeat(2), false);
    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> type.run(MARCH_31, work))
        .withMessage("billing-service stopped sending after 2 of 3 rows.");
    assertThat(TestStore.files(store.resolve("sheets"))).isEmpty();
  }

  @Test
  void brokenStreamLeavesNoSheet() throws IOException {
    serve(2, ROW.repeat(2), true);
    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> type.run(MARCH_31, work))
        .satisfies(failure -> assertThat(TestWork.slug(failure)).isEqualTo("rows-interrupted"));
    assertThat(TestStore.files(store.resolve("sheets"))).isEmpty();
  }

  @Test
  void busyBillingServiceIsAskedAgainByAnotherAttempt() {
    billingService.answer(ROWS, Answer.of(503));
    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> type.run(MARCH_31, work))
        .withMessage("GET /internal/billings/rows was answered with 503.");
  }

  private static JsonNode json(String text) throws IOException {
    return Objects.requireNonNull(JsonMapper.createDefault().readValue(text, JsonNode.class));
  }

  private void serve(long count, String rows, boolean isCut) {
    Map<String, String> headers =
        Map.of(
            "Content-Type", "text/csv",
            "X-Row-Count", Long.toString(count),
            "X-Snapshot-At", "2022-04-01T05:06:07.123456Z");
    billingService.answer(ROWS, new Answer(200, headers, rows, isCut));
  }
}
