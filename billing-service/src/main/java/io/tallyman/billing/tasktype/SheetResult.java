package io.tallyman.billing.tasktype;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.sheet.Total;
import io.tallyman.billing.sheet.WrittenSheet;
import java.util.List;
import java.util.UUID;

/** The result of a task whose purpose is its sheet. */
@Serdeable
public record SheetResult(
    UUID sheetId, String fileName, long rows, List<Total> totals, long bytes, String sha256) {

  /**
   * @throws IncompleteOutcome if the attempt wrote no sheet
   */
  public static SheetResult of(Completion completion) {
    UUID id = completion.sheetId();
    WrittenSheet sheet = completion.sheet();
    if (id == null || sheet == null) {
      throw new IncompleteOutcome("sheet");
    }
    return new SheetResult(
        id, sheet.fileName(), sheet.rows(), sheet.totals(), sheet.bytes(), sheet.sha256());
  }
}
