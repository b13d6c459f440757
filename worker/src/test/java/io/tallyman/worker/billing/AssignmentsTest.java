package io.tallyman.worker.billing;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AssignmentsTest {
  private static final Assignments.Parameters MARCH =
      new Assignments.Parameters(LocalDate.of(2022, 3, 1), LocalDate.of(2022, 3, 31), null);
  private static final String BILLING = ",2022-03-31,\"Acme, Inc.\",A-1,,10.50,GBP,1\n";

  private final StandInUserService userService = new StandInUserService();

  @TempDir private Path store;
  private StandInBillingService billingService;
  private Assignments type;
  private Work work;

  @BeforeEach
  void start() throws IOException {
    billingService = StandInBillingService.start();
    type = new Assignments(TestWork.streams(billingService.uri()), userService);
    work = TestWork.in(store);
  }

  @AfterEach
  void stop() {
    billingService.close();
  }

  @Test
  void writesWhoAnswersForEachBilling() throws Exception {
    userService.add(3, "ada.okafor", "Ada Okafor");
    userService.add(5, "bob", "=Bob");
    serve(
        5,
        "3"
            + BILLING
            + "3,2022-03-02,Oak,,INV-7,-0.25,GBP,3\n"
            + "4"
            + BILLING
            + "5"
            + BILLING
            + BILLING);

    WrittenSheet sheet = Objects.requireNonNull(type.run(MARCH, work).sheet());

    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .isEqualTo(
            """
            username,user_name,date_billed,account_name,account_number,reference,payable,currency,total_issues\r
            ada.okafor,Ada Okafor,2022-03-31,"Acme, Inc.",A-1,,10.50,GBP,1\r
            ada.okafor,Ada Okafor,2022-03-02,Oak,,INV-7,-0.25,GBP,3\r
            ,(unknown user 4),2022-03-31,"Acme, Inc.",A-1,,10.50,GBP,1\r
            bob,=Bob,2022-03-31,"Acme, Inc.",A-1,,10.50,GBP,1\r
            ,(no manager),2022-03-31,"Acme, Inc.",A-1,,10.50,GBP,1\r
            """);
    assertThat(sheet.fileName()).isEqualTo("assignments-2022-03-01_2022-03-31.csv");
    assertThat(sheet.totals()).containsExactly(new Total("GBP", new BigDecimal("41.75")));
    assertThat(TestWork.progress(work)).isEqualTo(new Progress("writing", "rows", 5, 5L));
    assertThat(userService.asked).containsExactly(List.of("3", "4", "5"));
    assertThat(billingService.asked(ROWS).getFirst().uri())
        .hasPath("/internal/assignments/rows")
        .hasQuery("from=2022-03-01&to=2022-03-31");
  }

  @Test
  void writesTheFormatThatWasAskedFor() throws Exception {
    userService.add(5, "bob", "=Bob");
    serve(1, "5" + BILLING);
    SheetFormat format = new SheetFormat(Profile.EXCEL, null, ",");

    type.run(new Assignments.Parameters(MARCH.from(), MARCH.to(), format), work);

    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .startsWith("\uFEFFusername;user_name;date_billed;")
        .endsWith("\nbob;'=Bob;2022-03-31;Acme, Inc.;A-1;;10,50;GBP;1\r\n");
  }

  @Test
  void managerOfManyBillingsIsAskedForOnce() throws Exception {
    userService.add(3, "ada.okafor", "Ada Okafor");
    serve(12_345, ("3" + BILLING).repeat(12_345));

    assertThat(Objects.requireNonNull(type.run(MARCH, work).sheet()).rows()).isEqualTo(12_345);
    assertThat(userService.asked).containsExactly(List.of("3"));
  }

  @Test
  void manyManagersAreAskedForInBatches() throws Exception {
    LongStream.rangeClosed(1, 1_234).forEach(id -> userService.add(id, "user-" + id, "User " + id));
    serve(
        1_234,
        LongStream.rangeClosed(1, 1_234)
            .mapToObj(id -> id + BILLING)
            .collect(Collectors.joining()));

    type.run(MARCH, work);

    assertThat(userService.asked)
        .hasSizeLessThan(10)
        .allMatch(ids -> ids.size() <= UserClient.MOST);
    assertThat(userService.asked.stream().flatMap(List::stream))
        .hasSize(1_234)
        .doesNotHaveDuplicates();
    assertThat(Files.readString(store.resolve(TestWork.SHEET)))
        .contains("\r\nuser-1234,User 1234,2022-03-31,")
        .doesNotContain("(");
  }

  @Test
  void nobodyIsAskedForWhereNoVendorHasAManager() throws Exception {
    serve(2, BILLING.repeat(2));

    type.run(MARCH, work);

    assertThat(userService.asked).isEmpty();
  }

  @Test
  void userServiceThatIsAwayIsAskedAgainByAnotherAttempt() {
    userService.isAway = true;
    serve(2_000, ("3" + BILLING).repeat(2_000));

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> type.run(MARCH, work))
        .withMessage("GET /internal/users was answered with 503.")
        .satisfies(
            failure -> assertThat(TestWork.slug(failure)).isEqualTo("user-service-unavailable"));
    assertThat(TestStore.files(store.resolve("sheets"))).isEmpty();
  }

  @Test
  void rowsThatEndEarlyLeaveNoSheet() {
    serve(3, BILLING.repeat(2));

    assertThatExceptionOfType(TransientFailure.class)
        .isThrownBy(() -> type.run(MARCH, work))
        .withMessage("billing-service stopped sending after 2 of 3 rows.");
    assertThat(TestStore.files(store.resolve("sheets"))).isEmpty();
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
