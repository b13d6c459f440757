package io.tallyman.billing.staging;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The staged rows that cannot become billings because of the vendors that exist when the rows are
 * staged. They are found then, so that the worker can report them.
 */
@Singleton
final class StagedRefusals {
  private static final String FIND =
      ValidatedRows.WITH
          + """
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
                'several vendors are called "%s"; give account_number', account_name)
              WHEN 'missing-vendor' THEN format(
                'no vendor has the account number "%s" yet, and a new one needs a name',
                account_number)
              WHEN 'missing-currency' THEN
                'neither the row nor the import nor the vendor names a currency'
              ELSE format(
                '"%s" has more decimals than the %s of %s, the currency of the vendor',
                payable, decimals, currency)
            END
          FROM judged
          WHERE code IS NOT NULL
          """;

  /**
   * Takes down which of an attempt's rows are refused.
   *
   * @return how many
   */
  long find(Handle transaction, UUID taskId, int attempt) {
    transaction.execute(
        "DELETE FROM staged_refusal WHERE task_id = ? AND attempt = ?", taskId, attempt);
    return ValidatedRows.of(taskId, attempt, transaction.createUpdate(FIND)).execute();
  }

  /** The refusals of an attempt, as CSV in order of line. */
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
