package io.tallyman.e2e.chaos;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The content of a sheet: the number of rows, and the sum of each currency.
 *
 * @param totals the sums by currency
 */
record Figures(long rows, SortedMap<String, BigDecimal> totals) {

  /** Reads them from a manifest or from the result of a task. */
  static Figures told(JsonNode sheet) {
    return new Figures(sheet.path("rows").asLong(), totals(sheet.path("totals")));
  }

  static SortedMap<String, BigDecimal> totals(JsonNode totals) {
    SortedMap<String, BigDecimal> sums = new TreeMap<>();
    totals
        .valueStream()
        .forEach(
            total ->
                sums.put(
                    total.get("currency").asString(),
                    new BigDecimal(total.get("payable").asString())));
    return sums;
  }

  /** Computes them from the sheet itself. */
  static Figures counted(byte[] sheet, String amounts) {
    long rows = 0;
    SortedMap<String, BigDecimal> totals = new TreeMap<>();
    String csv = new String(sheet, StandardCharsets.UTF_8);
    for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(csv)) {
      rows++;
      add(totals, row.getField("currency"), new BigDecimal(row.getField(amounts)));
    }
    return new Figures(rows, totals);
  }

  static void add(Map<String, BigDecimal> totals, String currency, BigDecimal amount) {
    totals.merge(currency, amount, BigDecimal::add);
  }
}
