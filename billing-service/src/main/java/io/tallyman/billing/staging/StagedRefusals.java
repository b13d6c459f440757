package io.tallyman.billing.staging;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Finds staged rows that cannot become billings because of the existing vendors and billings. It
 * runs right after staging, so that the worker can report these rows.
 *
 * <p>Rows that share a vendor and a reference are lines of one document. If the document exists
 * already, a line of it that is the same as a stored line is a duplicate, and any other line is
 * refused. The second of two identical lines needs two stored lines to be a duplicate. An import
 * that adds lines to documents has no such refusals.
 *
 * <p>Rows of a correction belong to the file of the import that it corrects. A row is a duplicate
 * if its line of that file is in already. Billings of that file, and billings that its rows are
 * duplicates of, are not compared with.
 */
@Singleton
final class StagedRefusals {
  /** A billing of another file that no row of this file is a duplicate of. */
  private static final String OTHERS =
      """
      (b.import_id IS NULL OR b.import_id <> ALL(:imports))
        AND NOT EXISTS (
          SELECT FROM import_duplicate d
          WHERE d.billing_id = b.id AND d.import_id = ANY(:imports))
      """;

  /** The lines of a correction that are in already. */
  private static final String FIND_LINES =
      """
      INSERT INTO staged_duplicate (task_id, attempt, line, billing_id)
      SELECT DISTINCT ON (line) :taskId, :attempt, line, billing_id
      FROM staged_billing s
      JOIN (
        SELECT line, id AS billing_id FROM billing WHERE import_id = ANY(:imports)
        UNION ALL
        SELECT line, billing_id FROM import_duplicate WHERE import_id = ANY(:imports)
      ) AS stored USING (line)
      WHERE s.task_id = :taskId AND s.attempt = :attempt
      """;

  /** The subquery of a row is one step down the index. A join would read all billings. */
  private static final String FIND =
      """
      , documented AS (
        SELECT *,
          (SELECT true FROM billing b
          WHERE b.vendor_id = judged.vendor_id AND b.reference = judged.reference
            AND (b.import_id IS NULL OR b.import_id <> ALL(:imports))
          LIMIT 1) AS has_document
        FROM judged
        WHERE NOT EXISTS (
          SELECT FROM staged_duplicate d
          WHERE d.task_id = :taskId AND d.attempt = :attempt AND d.line = judged.line)
      ), found AS MATERIALIZED (
        SELECT * FROM documented
        WHERE code IS NOT NULL OR has_document OR :isCorrection
      ), numbered AS (
        SELECT *,
          row_number() OVER (
            PARTITION BY
              vendor_id, reference, date_billed, payable, currency, total_issues
            ORDER BY line) AS copy
        FROM found
        WHERE code IS NULL
      ), compared AS MATERIALIZED (
        SELECT line, reference, has_document,
          CASE WHEN reference IS NULL THEN
            (SELECT b.id FROM billing b
            WHERE b.vendor_id = n.vendor_id AND b.reference IS NULL
              AND b.date_billed = n.date_billed AND b.payable = n.payable
              AND b.currency = n.currency AND b.total_issues = n.total_issues
              AND
      """
          + OTHERS
          + """
                ORDER BY b.ordinal
                OFFSET n.copy - 1
                LIMIT 1)
              ELSE
                (SELECT b.id FROM billing b
                WHERE b.vendor_id = n.vendor_id AND b.reference = n.reference
                  AND b.date_billed = n.date_billed AND b.payable = n.payable
                  AND b.currency = n.currency AND b.total_issues = n.total_issues
                  AND
          """
          + OTHERS
          + """
                ORDER BY b.ordinal
                OFFSET n.copy - 1
                LIMIT 1)
              END AS billing_id
            FROM numbered n
          ), duplicates AS (
            INSERT INTO staged_duplicate (task_id, attempt, line, billing_id)
            SELECT :taskId, :attempt, line, billing_id FROM compared WHERE billing_id IS NOT NULL
          )
          INSERT INTO staged_refusal (task_id, attempt, line, field, code, message)
          SELECT :taskId, :attempt, line,
            CASE code
              WHEN 'missing-currency' THEN 'currency'
              WHEN 'bad-amount' THEN 'payable'
              ELSE 'account_name'
            END,
            code,
            CASE code
              WHEN 'ambiguous-vendor' THEN format(
                'several vendors have the name "%s"; give account_number', account_name)
              WHEN 'missing-vendor' THEN format(
                'no vendor has the account number "%s"; a new vendor needs account_name',
                account_number)
              WHEN 'missing-currency' THEN
                'the row, the import and the vendor give no currency'
              ELSE format(
                '"%s" has more decimals than %s, the currency of the vendor, allows (%s)',
                payable, currency, decimals)
            END
          FROM found
          WHERE code IS NOT NULL
          UNION ALL
          SELECT :taskId, :attempt, line, 'reference', 'reference-differs', format(
            'the vendor has billings with the reference "%s", and none with this content; correct'
            ' the row, or import it with on_reference=add as a further line', reference)
          FROM compared
          WHERE billing_id IS NULL AND has_document
            AND NOT EXISTS (
              SELECT FROM task WHERE id = :taskId AND parameters ->> 'on_reference' = 'add')
          """;

  /**
   * Stores the refusals and the duplicate lines of documents of an attempt, and replaces earlier
   * ones.
   *
   * @param rows the number of staged rows
   * @return the number of refused rows
   */
  long find(Handle transaction, UUID taskId, int attempt, long rows) {
    transaction.execute(
        "DELETE FROM staged_refusal WHERE task_id = ? AND attempt = ?", taskId, attempt);
    transaction.execute(
        "DELETE FROM staged_duplicate WHERE task_id = ? AND attempt = ?", taskId, attempt);
    ImportedFile file = ImportedFile.of(transaction, taskId);
    if (file.isCorrection()) {
      file.in(transaction.createUpdate(FIND_LINES))
          .bind("taskId", taskId)
          .bind("attempt", attempt)
          .execute();
    }
    return file.in(
            ValidatedRows.of(
                taskId, attempt, transaction.createUpdate(ValidatedRows.with(rows) + FIND)))
        .bind("isCorrection", file.isCorrection())
        .execute();
  }

  /** The COPY statement for the refusals of an attempt, as CSV ordered by line. */
  static String copy(UUID taskId, int attempt) {
    return """
    COPY (
      SELECT line, field, code, message FROM staged_refusal
      WHERE task_id = '%s' AND attempt = %d
      ORDER BY line
    ) TO STDOUT (FORMAT csv)
    """
        .formatted(taskId, attempt);
  }
}
