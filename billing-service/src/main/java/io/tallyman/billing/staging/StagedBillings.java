package io.tallyman.billing.staging;

import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.tasktype.CannotComplete;
import io.tallyman.billing.tasktype.CompletionBusy;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns the staged rows of an import into billings. */
@Singleton
public final class StagedBillings {
  /**
   * A comment at the beginning of the statement: PostgreSQL shows only the beginning of running
   * statements.
   */
  private static final String NAME = "/* adds the billings of an import */ ";

  /**
   * @param duplicates staged rows that existed as billings before
   */
  public record Applied(long imported, long duplicates, long vendorsCreated) {
    public static final Applied NOTHING = new Applied(0, 0, 0);
  }

  /**
   * Turns the rows that an attempt staged and that were not refused into billings. Identical rows
   * of one file all count; rows that exist from an earlier file are duplicates.
   *
   * @param expected the worker's count of these rows
   * @throws CompletionBusy if another import is being applied
   * @throws CannotComplete with a retryable error if rows are missing, or if vendors were changed
   *     so that other rows would be refused now
   */
  public Applied apply(Handle transaction, UUID taskId, int attempt, long expected) {
    ImportLock.take(transaction);
    StagedPlan.set(transaction, expected);
    Staged staged = new Staged(transaction, taskId, attempt);
    staged.requireCount(expected);
    long vendors = staged.addNumberedVendors() + staged.addNamedVendors();
    long imported = staged.addBillings(expected);
    return new Applied(imported, expected - imported, vendors);
  }

  /** The rows of one attempt, in the transaction that applies them. */
  private record Staged(Handle transaction, UUID taskId, int attempt) {
    void requireCount(long expected) {
      long count =
          of(transaction.createQuery(
                  """
                  SELECT
                    (SELECT count(*) FROM staged_billing
                    WHERE task_id = :taskId AND attempt = :attempt)
                    - (SELECT count(*) FROM staged_refusal
                    WHERE task_id = :taskId AND attempt = :attempt)
                  """))
              .mapTo(Long.class)
              .one();
      if (count != expected) {
        throw new CannotComplete(
            TaskError.passing(
                "rows-not-staged",
                "billing-service received too few rows",
                "The worker sent %d rows, but %d arrived. The file is read again."
                    .formatted(expected, count)));
      }
    }

    /** Adds the new vendors with account numbers. A row without a currency adds no vendor. */
    long addNumberedVendors() {
      return of(transaction.createUpdate(
              """
              INSERT INTO vendor (account_name, account_number, import_id)
              SELECT DISTINCT ON (account_number) account_name, account_number, :taskId
              FROM staged_billing
              WHERE task_id = :taskId AND attempt = :attempt
                AND account_number IS NOT NULL AND account_name IS NOT NULL AND currency IS NOT NULL
              ORDER BY account_number, line
              ON CONFLICT (account_number) DO NOTHING
              """))
          .execute();
    }

    long addNamedVendors() {
      return of(transaction.createUpdate(
              """
              INSERT INTO vendor (account_name, import_id)
              SELECT account_name, :taskId
              FROM staged_billing s
              WHERE task_id = :taskId AND attempt = :attempt
                AND account_number IS NULL AND currency IS NOT NULL
                AND NOT EXISTS (SELECT FROM vendor v WHERE v.account_name = s.account_name)
              GROUP BY account_name
              ORDER BY min(line)
              """))
          .execute();
    }

    /**
     * Judges the rows and adds them in one statement, so that no vendor can change in between. A
     * row that would be refused now gets no vendor, and the NOT NULL constraint stops the
     * statement. Adding the currency's zero to an amount pads its decimals and cannot round.
     * Identical rows without a reference get different ordinals, by their order in the file.
     */
    long addBillings(long rows) {
      try {
        return ValidatedRows.of(
                taskId,
                attempt,
                transaction.createUpdate(
                    NAME
                        + ValidatedRows.with(rows)
                        + """
                        , resolved AS (
                          SELECT line, date_billed, currency, total_issues, reference,
                            CASE WHEN code IS NULL THEN vendor_id END AS vendor_id,
                            payable + coalesce(round(0::numeric, decimals), 0) AS payable
                          FROM judged
                          WHERE NOT EXISTS (
                            SELECT FROM staged_refusal r
                            WHERE r.task_id = :taskId AND r.attempt = :attempt
                              AND r.line = judged.line)
                        )
                        INSERT INTO billing
                          (vendor_id, date_billed, payable, currency, total_issues, reference,
                           ordinal, import_id, line)
                        SELECT vendor_id, date_billed, payable, currency, total_issues, reference,
                          row_number() OVER (
                            PARTITION BY
                              vendor_id, date_billed, payable, currency, total_issues, reference
                            ORDER BY line),
                          :taskId, line
                        FROM resolved
                        ORDER BY line
                        ON CONFLICT DO NOTHING
                        """))
            .execute();
      } catch (UnableToExecuteStatementException failure) {
        throw lacksVendor(failure) ? vendorsChanged() : failure;
      }
    }

    /**
     * Whether the failure means that a row has no vendor, or that its vendor was deleted meanwhile.
     */
    private static boolean lacksVendor(UnableToExecuteStatementException failure) {
      ServerErrorMessage message =
          failure.getCause() instanceof PSQLException cause ? cause.getServerErrorMessage() : null;
      return message != null
          && ("vendor_id".equals(message.getColumn())
              || "billing_vendor_id_fkey".equals(message.getConstraint()));
    }

    private static CannotComplete vendorsChanged() {
      return new CannotComplete(
          TaskError.passing(
              "vendors-changed",
              "Vendors changed while the file was read",
              "Vendors that rows of the file depend on were changed. The file is read again."));
    }

    private <S extends SqlStatement<S>> S of(S statement) {
      return statement.bind("taskId", taskId).bind("attempt", attempt);
    }
  }
}
