package io.tallyman.billing.intake;

import io.tallyman.billing.CurrencyDecimals;
import io.tallyman.billing.task.CannotComplete;
import io.tallyman.billing.task.TaskError;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The staged rows that cannot become billings because of the vendors there are. Found when the rows
 * are staged, so that the worker can report them; held to again when they are applied.
 */
@Singleton
final class StagedRefusals {
  /** A name that only this file makes ambiguous, by new account numbers, is ambiguous too. */
  private static final String JUDGED =
      """
      WITH staged AS NOT MATERIALIZED (
        SELECT * FROM staged_billing WHERE task_id = :taskId AND attempt = :attempt
      ), known AS (
        SELECT account_number, account_name, currency FROM vendor
        UNION ALL
        (SELECT DISTINCT ON (account_number) account_number, account_name, NULL
        FROM staged s
        WHERE account_number IS NOT NULL AND account_name IS NOT NULL AND currency IS NOT NULL
          AND NOT EXISTS (SELECT FROM vendor v WHERE v.account_number = s.account_number)
        ORDER BY account_number, line)
      ), named AS (
        SELECT account_name, count(*) AS vendors, min(currency) AS currency
        FROM known
        WHERE account_name IN (SELECT account_name FROM staged WHERE account_number IS NULL)
        GROUP BY account_name
      ), judged AS (
        SELECT line, s.account_name, s.account_number, s.payable, currencies.code AS currency,
          currencies.decimals,
          CASE
            WHEN named.vendors > 1 THEN 'ambiguous-vendor'
            WHEN s.account_name IS NULL AND numbered.account_number IS NULL THEN 'missing-vendor'
            WHEN s.currency IS NULL AND currencies.code IS NULL THEN 'missing-currency'
            WHEN s.currency IS NULL AND scale(s.payable) > currencies.decimals THEN 'bad-amount'
          END AS code
        FROM staged s
        LEFT JOIN known numbered ON numbered.account_number = s.account_number
        LEFT JOIN named ON s.account_number IS NULL AND named.account_name = s.account_name
        LEFT JOIN unnest(:codes, :decimals) AS currencies (code, decimals)
          ON s.currency IS NULL AND currencies.code = coalesce(numbered.currency, named.currency)
      )
      """;

  private static final String FIND =
      JUDGED
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

  private static final String LATER =
      JUDGED
          + """
          SELECT EXISTS (
            SELECT FROM judged
            WHERE code IS NOT NULL AND NOT EXISTS (
              SELECT FROM staged_refusal r
              WHERE r.task_id = :taskId AND r.attempt = :attempt AND r.line = judged.line))
          """;

  /**
   * Takes down which of an attempt's rows are refused.
   *
   * @return how many
   */
  long find(Handle transaction, UUID taskId, int attempt) {
    transaction.execute(
        "DELETE FROM staged_refusal WHERE task_id = ? AND attempt = ?", taskId, attempt);
    return judging(transaction.createUpdate(FIND), taskId, attempt).execute();
  }

  /**
   * Makes sure that no row would have to be refused that was not.
   *
   * @throws CannotComplete if vendors changed in that way since; another attempt will see that
   */
  void requireNoOthers(Handle transaction, UUID taskId, int attempt) {
    if (judging(transaction.createQuery(LATER), taskId, attempt).mapTo(Boolean.class).one()) {
      throw new CannotComplete(
          TaskError.passing(
              "vendors-changed",
              "Vendors changed while the file was read",
              "More rows must be refused than were when the file was read; it is read again."));
    }
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

  private static <S extends SqlStatement<S>> S judging(S statement, UUID taskId, int attempt) {
    Map<String, Integer> decimals = CurrencyDecimals.BY_CODE;
    return statement
        .bind("taskId", taskId)
        .bind("attempt", attempt)
        .bindArray("codes", String.class, decimals.keySet())
        .bindArray("decimals", Integer.class, decimals.values());
  }
}
