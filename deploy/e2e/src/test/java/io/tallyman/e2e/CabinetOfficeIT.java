package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The payments of the Cabinet Office, 2010 to 2022, which contain many errors. */
@OnSharedStack
final class CabinetOfficeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @Test
  void everyRowIsImportedOrToldAsItStands() throws IOException {
    Path file = RealData.require("cabinetoffice-payments.csv.gz");
    String query =
        Gateway.query(
            "columns",
            "account_name:Beneficiary Name,date_billed:Payment Date,payable:Amount",
            "currency",
            "GBP");

    JsonNode result = gateway.awaitSuccess(gateway.importGzip(file, query), PATIENCE);

    assertThat(result.get("rows").asLong()).isEqualTo(37_114);
    assertThat(result.get("imported").asLong()).isEqualTo(36_244);
    assertThat(result.get("refused").asLong()).isEqualTo(793);
    assertThat(result.get("empty").asLong()).isEqualTo(77);
    List<RefusedRow> refused = gateway.refusedRows(result);
    assertThat(
            refused.stream()
                .collect(Collectors.groupingBy(RefusedRow::code, Collectors.counting())))
        .isEqualTo(Map.of("bad-date", 790L, "missing-vendor", 2L, "missing-amount", 1L));
    assertThat(refused).extracting(RefusedRow::line).isSorted();
    assertThat(refused.stream().map(RefusedRow::fault))
        .contains(
            "3316 Beneficiary Name missing-vendor",
            "3317 Beneficiary Name missing-vendor",
            "4897 Amount missing-amount",
            "35886 Payment Date bad-date",
            "36186 Payment Date bad-date");
    Map<Long, List<String>> rows = rows(file);
    assertThat(refused).allSatisfy(row -> assertThat(row.cells()).isEqualTo(rows.get(row.line())));
    assertThat(rows.get(35_886L)).startsWith("Tuesday, April 05, 2022");
  }

  /** The lines of the file by number. */
  private static Map<Long, List<String>> rows(Path file) throws IOException {
    try (Reader text =
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8);
        CsvReader<CsvRecord> csv = CsvReader.builder().skipEmptyLines(false).ofCsvRecord(text)) {
      return csv.stream()
          .collect(Collectors.toMap(CsvRecord::getStartingLineNumber, CsvRecord::getFields));
    }
  }
}
