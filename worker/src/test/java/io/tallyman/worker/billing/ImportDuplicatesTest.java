package io.tallyman.worker.billing;

import static io.tallyman.worker.billingservice.StandInBillingService.Call.ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.worker.billingservice.StandInBillingService;
import io.tallyman.worker.billingservice.StandInBillingService.Answer;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.Total;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.stream.TestWork;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportDuplicatesTest {
  private static final UUID IMPORT = UUID.fromString("01977f3a-5c1e-7d2b-9a40-0f6f2b1c8d11");
  private static final String ROWS_OF_IMPORT =
      """
      7,01977f3a-5c1e-7d2b-9a40-0f6f2b1c8d10,3,12,2031-08-05,Oak,O-1,R-1,10.00,GBP,1
      8,,,4,,,,,,,
      """;

  @TempDir private Path store;

  /** The billing of the second row is gone. */
  @Test
  void writesEachDuplicateWithTheRowThatItRepeats() throws Exception {
    try (StandInBillingService billingService = StandInBillingService.start()) {
      Map<String, String> headers =
          Map.of("X-Row-Count", "2", "X-Snapshot-At", "2022-04-01T05:06:07.123456Z");
      billingService.answer(ROWS, new Answer(200, headers, ROWS_OF_IMPORT, false));
      ImportDuplicates type = new ImportDuplicates(TestWork.streams(billingService.uri()));

      WrittenSheet sheet =
          Objects.requireNonNull(
              type.run(new ImportDuplicates.Parameters(IMPORT, null), TestWork.in(store)).sheet());

      assertThat(billingService.asked(ROWS).getFirst().uri())
          .hasPath("/internal/imports/" + IMPORT + "/duplicates");
      assertThat(Files.readString(store.resolve(TestWork.SHEET)))
          .isEqualTo(
              """
              line,earlier_import_id,earlier_line,billing_id,date_billed,account_name,\
              account_number,reference,payable,currency,total_issues\r
              7,01977f3a-5c1e-7d2b-9a40-0f6f2b1c8d10,3,12,2031-08-05,Oak,O-1,R-1,10.00,GBP,1\r
              8,,,4,,,,,,,\r
              """);
      assertThat(sheet.fileName()).isEqualTo("duplicates-" + IMPORT + ".csv");
      assertThat(sheet.totals()).containsExactly(new Total("GBP", new BigDecimal("10.00")));
    }
  }

  @Test
  void sheetIsWrittenForASpreadsheetOfAnotherCountry() throws Exception {
    try (StandInBillingService billingService = StandInBillingService.start()) {
      Map<String, String> headers =
          Map.of("X-Row-Count", "2", "X-Snapshot-At", "2022-04-01T05:06:07.123456Z");
      billingService.answer(ROWS, new Answer(200, headers, ROWS_OF_IMPORT, false));
      ImportDuplicates type = new ImportDuplicates(TestWork.streams(billingService.uri()));
      SheetFormat format = new SheetFormat(SheetFormat.Profile.EXCEL, null, ",");

      type.run(new ImportDuplicates.Parameters(IMPORT, format), TestWork.in(store));

      assertThat(Files.readString(store.resolve(TestWork.SHEET)))
          .startsWith("\ufeffline;earlier_import_id;")
          .contains(";10,00;GBP;");
    }
  }
}
