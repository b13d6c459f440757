package io.tallyman.billing.staging;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Finds staged rows that cannot become billings because of the existing vendors. It runs right
 * after staging, so that the worker can report these rows.
 */
@Singleton
final class StagedRefusals {
  private static final String FIND =
      """
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
      FROM judged
      WHERE code IS NOT NULL
      """;

  /**
   * Stores the refusals of an attempt and replaces earlier ones.
   *
   * @param rows the number of staged rows
   * @return the number of refused rows
   */
  long find(Handle transaction, UUID taskId, int attempt, long rows) {
    transaction.execute(
        "DELETE FROM staged_refusal WHERE task_id = ? AND attempt = ?", taskId, attempt);
    return ValidatedRows.of(
            taskId, attempt, transaction.createUpdate(ValidatedRows.with(rows) + FIND))
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
