package io.tallyman.e2e;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.List;

/**
 * A row of an import's sheet of refused rows.
 *
 * @param column the file's name of the column at fault; empty if the whole row is at fault
 * @param cells the cells of the row in the file
 */
record RefusedRow(long line, String column, String code, String message, List<String> cells) {
  static final List<String> HEADER = List.of("line", "column", "code", "message");

  /** Without the header. A row with too many cells in the file has them here too. */
  static List<RefusedRow> read(String sheet) {
    return CsvReader.builder()
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(sheet)
        .stream()
        .skip(1)
        .map(CsvRecord::getFields)
        .map(RefusedRow::of)
        .toList();
  }

  static RefusedRow of(List<String> fields) {
    int reasons = HEADER.size();
    return new RefusedRow(
        Long.parseLong(fields.get(0)),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        List.copyOf(fields.subList(reasons, fields.size())));
  }

  /** Line, column and code in short, for assertions: {@code 3 Amount bad-amount}. */
  String fault() {
    return line + " " + column + " " + code;
  }
}
