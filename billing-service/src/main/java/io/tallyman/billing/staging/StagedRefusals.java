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
 */
@Singleton
final class StagedRefusals {
  /** The subquery of a row is one step down the index. A join would read all billings. */
  private static final String FIND =
      ValidatedRows.WITH
          + """
          , found AS MATERIALIZED (
            SELECT * FROM judged
            WHERE code IS NOT NULL
              OR (SELECT true FROM billing b
                WHERE b.vendor_id = judged.vendor_id AND b.reference = judged.reference
                LIMIT 1)
          ), line_of_document AS (
            SELECT *,
              row_number() OVER (
                PARTITION BY
                  vendor_id, reference, date_billed, payable, currency, total_issues
                ORDER BY line) AS copy
            FROM found
            WHERE code IS NULL
          ), compared AS MATERIALIZED (
            SELECT line, reference,
              (SELECT b.id FROM billing b
              WHERE b.vendor_id = l.vendor_id AND b.reference = l.reference
                AND b.date_billed = l.date_billed AND b.payable = l.payable
                AND b.currency = l.currency AND b.total_issues = l.total_issues
              ORDER BY b.ordinal
              OFFSET l.copy - 1
              LIMIT 1) AS billing_id
            FROM line_of_document l
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
          WHERE billing_id IS NULL
            AND NOT EXISTS (
              SELECT FROM task WHERE id = :taskId AND parameters ->> 'on_reference' = 'add')
          """;

  /**
   * Stores the refusals and the duplicate lines of documents of an attempt, and replaces earlier
   * ones.
   *
   * @return the number of refused rows
   */
  long find(Handle transaction, UUID taskId, int attempt) {
    transaction.execute(
        "DELETE FROM staged_refusal WHERE task_id = ? AND attempt = ?", taskId, attempt);
    transaction.execute(
        "DELETE FROM staged_duplicate WHERE task_id = ? AND attempt = ?", taskId, attempt);
    return ValidatedRows.of(taskId, attempt, transaction.createUpdate(FIND)).execute();
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
