package io.tallyman.worker.billing;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.json.JsonMapper;
import io.tallyman.worker.billingservice.StandInBillingService;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetFormat.Profile;
import io.tallyman.worker.sheet.Total;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.sheet.file.TestStore;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TransientFailure;
import io.tallyman.worker.task.Work;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TotalPayablesTest {
  private static final TotalPayables.Parameters ALL =
      new TotalPayables.Parameters(2021, null, null);
  private static final String ACME = "\"Acme, Inc.\",A-1,GBP,1.00,0.00,-0.25,%s0.75\n";
  private static final String REST = "0.00,".repeat(9);

  private static final JsonMapper JSON = JsonMapper.createDefault();

  @TempDir private Path store;
  private StandInBillingService billingService;
  private TotalPayables type;
  private Work work;

  @BeforeEach
  void start() throws IOException {
    billingService = StandInBillingService.start();
    type = new TotalPayables(TestWork.streams(billingService.uri()), JSON);
    work = TestWork.in(store);
  }

  @AfterEach
  void stop() {
    billingService.close();
  }

  @Test
  void writesVendorByMonthAndSumsEachCurrencyForItself() throws Exception {
    serve(
        3,
        ACME.formatted(REST)
            + "Oak,,GBP,2.00,0.00,0.00,"
            + REST
            + "2.00\nOak,,JPY,900,-1,0,0,0,0,0,0,0,0,0,7,906\n");

    Done done = type.run(ALL, work);

    WrittenSheet sheet = Objects.requireNonNull(done.sheet());
    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .startsWith(
            """
            account_name,account_number,currency,january,february,march,april,may,june,july,august,\
            september,october,november,december,total\r
            "Acme, Inc.",A-1,GBP,1.00,0.00,-0.25,\
            """
                + REST
                + "0.75\r\n");
    assertThat(sheet.fileName()).isEqualTo("payables-2021.csv");
    assertThat(sheet.rows()).isEqualTo(3);
    assertThat(sheet.totals())
        .containsExactly(
            new Total("GBP", new BigDecimal("2.75")), new Total("JPY", new BigDecimal("906")));
    assertThat(months(done))
        .hasSize(24)
        .startsWith(
            new MonthTotal("GBP", "2021-01", new BigDecimal("3.00")),
            new MonthTotal("GBP", "2021-02", new BigDecimal("0.00")),
            new MonthTotal("GBP", "2021-03", new BigDecimal("-0.25")))
        .endsWith(new MonthTotal("JPY", "2021-12", new BigDecimal("7")));
    assertThat(TestWork.progress(work)).isEqualTo(new Progress("writing", "rows", 3, 3L));
  }

  @Test
  void writesTheFormatThatWasAskedFor() throws Exception {
    serve(1, "=Oak,,GBP,2.00,0.00,0.00," + REST + "2.00\n");
    SheetFormat format = new SheetFormat(Profile.EXCEL, null, ",");

    Done done = type.run(new TotalPayables.Parameters(2021, null, format), work);

    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .startsWith("\uFEFFaccount_name;account_number;currency;january;")
        .endsWith("\n'=Oak;;GBP;2,00;0,00;0,00;" + "0,00;".repeat(9) + "2,00\r\n");
    assertThat(months(done)).startsWith(new MonthTotal("GBP", "2021-01", new BigDecimal("2.00")));
  }

  @Test
  void yearWithoutBillingsHasAHeaderOnly() throws Exception {
    serve(0, "");

    Done done = type.run(ALL, work);

    assertThat(Objects.requireNonNull(done.sheet()).totals()).isEmpty();
    assertThat(months(done)).isEmpty();
  }

  @Test
  void asksForTheYearAndTheCurrency() throws Exception {
    serve(0, "");
    type.run(new TotalPayables.Parameters(2021, "GBP", null), work);

    assertThat(billingService.asked(ROWS).getFirst().uri())
        .hasPath("/internal/payables/rows")
        .hasQuery("year=2021&currency=GBP");
  }

  @Test
  void rowsThatEndEarlyLeaveNoSheet() {
    serve(2, ACME.formatted(REST));

    assertThatExceptionOfType(TransientFailure.class).isThrownBy(() -> type.run(ALL, work));
    assertThat(TestStore.files(store.resolve("sheets"))).isEmpty();
  }

  private static List<MonthTotal> months(Done done) throws IOException {
    return JSON.readValueFromTree(Objects.requireNonNull(done.result()), TotalPayables.Months.class)
        .months();
  }

  private void serve(long count, String rows) {
    Map<String, String> headers =
        Map.of(
            "Content-Type", "text/csv",
            "X-Row-Count", Long.toString(count),
            "X-Snapshot-At", "2022-04-01T05:06:07.123456Z");
    billingService.answer(ROWS, new Answer(200, headers, rows, false));
  }
}
