package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each bad row is refused and listed as it is in the file. The good rows are imported. */
@OnSharedStack
final class BadRowsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HEADER = "date_billed,account_name,payable,currency,total_issues\r\n";
  private static final String GOOD = "2062-01-01,Beside bad rows,1.00,GBP,\r\n";

  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.SHARED.get());

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "2062-01-02, Vendor, '1,234.50', GBP, 1, payable, bad-amount",
    "2062-01-02, Vendor, 1e5, GBP, 1, payable, bad-amount",
    "2062-01-02, Vendor, NaN, GBP, 1, payable, bad-amount",
    "2062-01-02, Vendor, --1, GBP, 1, payable, bad-amount",
    "2062-01-02, Vendor, 12345678901234567890, GBP, 1, payable, bad-amount",
    "2062-01-02, Vendor, 1.005, GBP, 1, payable, bad-amount",
    "2062-01-02, Vendor, 1.5, JPY, 1, payable, bad-amount",
    "2062-01-02, Vendor, £5, GBP, 1, payable, bad-amount",
    "2062-01-02, Vendor, '', GBP, 1, payable, missing-amount",
    "2021-02-30, Vendor, 1.00, GBP, 1, date_billed, bad-date",
    "0000-01-01, Vendor, 1.00, GBP, 1, date_billed, bad-date",
    "10000-01-01, Vendor, 1.00, GBP, 1, date_billed, bad-date",
    "02/01/2062, Vendor, 1.00, GBP, 1, date_billed, bad-date",
    "'', Vendor, 1.00, GBP, 1, date_billed, missing-date",
    "2062-01-02, '   ', 1.00, GBP, 1, account_name, missing-vendor",
    "2062-01-02, Vendor, 1.00, Pound, 1, currency, bad-currency",
    "2062-01-02, Vendor, 1.00, GBP, -1, total_issues, bad-issues",
    "2062-01-02, Vendor, 1.00, GBP, 2147483648, total_issues, bad-issues",
  })
  void badCellRefusesItsRowOnly(
      String date,
      String vendor,
      String amount,
      String currency,
      String issues,
      String column,
      String code)
      throws Exception {
    List<String> cells = List.of(date, vendor, amount, currency, issues);
    String bad = "\"" + String.join("\",\"", cells) + "\"\r\n";
    String id = gateway.importCsv(HEADER + GOOD + bad + GOOD, "");

    JsonNode result = gateway.awaitSuccess(id, PATIENCE);

    assertCounts(result, 3, 1);
    RefusedRow refused = gateway.refusedRows(result).getFirst();
    assertThat(refused.fault()).isEqualTo("3 " + column + " " + code);
    assertThat(refused.message()).isNotBlank();
    assertThat(refused.cells()).isEqualTo(cells);
    assertThat(database.vendorsNamed(vendor)).isZero();
  }

  @Test
  void refusedRowsStandInTheOrderOfTheFileWithTheirOwnLines() throws Exception {
    String csv =
        HEADER
            + "2062-01-01,\"Name of\r\ntwo lines\",x,GBP,1\r\n"
            + GOOD
            + "\r\n"
            + ",,,,\r\n"
            + "2062-01-01,Too few\r\n"
            + "2062-01-01,Too many,1.00,GBP,1,more\r\n"
            + "2062-01-01,N\0L,1.00,GBP,1\r\n"
            + "2062-01-01,"
            + "y".repeat(201)
            + ",1.00,GBP,1\r\n";

    JsonNode result = gateway.awaitSuccess(gateway.importCsv(csv, ""), PATIENCE);

    assertCounts(result, 8, 5);
    assertThat(result.get("empty").asLong()).isEqualTo(2);
    List<RefusedRow> refused = gateway.refusedRows(result);
    assertThat(refused.stream().map(RefusedRow::fault))
        .containsExactly(
            "2 payable bad-amount",
            "7  too-few-cells",
            "8  too-many-cells",
            "9 account_name bad-vendor",
            "10 account_name bad-vendor");
    assertThat(refused.get(0).cells().get(1)).isEqualTo("Name of\r\ntwo lines");
    assertThat(refused.get(1).cells()).containsExactly("2062-01-01", "Too few", "", "", "");
    assertThat(refused.get(2).cells()).endsWith("more");
    assertThat(refused.get(3).cells().get(1)).isEqualTo("N\0L");
  }

  @Test
  void cellsOfRefusedRowsFollowTheRuleOfTheApostrophe() {
    String csv = HEADER + "=1+1,@x,-5,'=a,''\r\n";

    JsonNode result = gateway.awaitSuccess(gateway.importCsv(csv, ""), PATIENCE);

    assertThat(gateway.refusedRows(result).getFirst().cells())
        .containsExactly("=1+1", "@x", "-5", "''=a", "''");
  }

  @Test
  void millionRefusedRowsAllStandOnTheSheet() throws Exception {
    int rows = 1_000_000;
    Path upload = directory.resolve("bad.csv.gz");
    try (Writer csv =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(upload)), StandardCharsets.UTF_8)) {
      csv.write(HEADER);
      for (int row = 0; row < rows; row++) {
        csv.write("2062-01-01,Vendor,none " + row + ",GBP,1\r\n");
      }
    }

    JsonNode result = gateway.awaitSuccess(gateway.importGzip(upload, ""), PATIENCE);

    assertCounts(result, rows, rows);
    Path sheet = directory.resolve("refused.csv");
    assertThat(gateway.download(result.get("error_sheet_id").asString(), sheet).statusCode())
        .isEqualTo(200);
    assertThat(assertEveryLine(sheet)).isEqualTo(rows);
  }

  private static long assertEveryLine(Path sheet) throws IOException {
    long rows = 0;
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(sheet)) {
      for (CsvRecord row : csv) {
        if (row.getStartingLineNumber() > 1) {
          RefusedRow refused = RefusedRow.of(row.getFields());
          assertThat(refused.line()).isEqualTo(rows + 2);
          assertThat(refused.cells().get(2)).isEqualTo("none " + rows);
          rows++;
        }
      }
    }
    return rows;
  }

  /** Good rows are new, or duplicates if the test ran before. */
  private static void assertCounts(JsonNode result, long rows, long refused) {
    assertThat(result.get("rows").asLong()).isEqualTo(rows);
    assertThat(result.get("refused").asLong()).isEqualTo(refused);
    assertThat(result.get("imported").asLong() + result.get("duplicates").asLong())
        .isEqualTo(rows - refused - result.get("empty").asLong() - result.get("footers").asLong());
  }
}
