package io.tallyman.billing.intake;

import io.tallyman.billing.task.CannotComplete;
import io.tallyman.billing.task.CompletionBusy;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows that attempts of imports have staged, and how they become billings. */
@Singleton
final class StagedBillings {
  /** One import is applied at a time, so that two that name the same new vendor make one. */
  private static final long LOCK = 0x696d706f;

  /**
   * @param duplicates staged rows that were billings before
   */
  record Applied(long imported, long duplicates, long vendorsCreated) {}

  /**
   * Makes billings of the rows that an attempt staged. Every row counts, also one that stands
   * several times in the file; a row that an earlier file brought is a duplicate.
   *
   * @param expected how many rows the attempt staged
   * @throws CompletionBusy while another import is being applied
   * @throws CannotComplete if a row's vendor cannot be told
   */
  Applied apply(Handle transaction, UUID taskId, int attempt, long expected) {
    lock(transaction);
    Staged staged = new Staged(transaction, taskId, attempt);
    staged.requireCount(expected);
    long numbered = staged.addNumberedVendors();
    staged.requireVendors();
    long vendors = numbered + staged.addNamedVendors();
    long imported = staged.addBillings();
    return new Applied(imported, expected - imported, vendors);
  }

  private static void lock(Handle transaction) {
    boolean alone =
        transaction
            .createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
            .bind("lock", LOCK)
            .mapTo(Boolean.class)
            .one();
    if (!alone) {
      throw new CompletionBusy("another import is being applied");
    }
    transaction.execute("SET LOCAL work_mem = '64MB'");
    transaction.execute("ANALYZE staged_billing");
  }

  /** One attempt's rows within the transaction that applies them. */
  private record Staged(Handle transaction, UUID taskId, int attempt) {
    void requireCount(long expected) {
      long count =
          of(transaction.createQuery(
                  """
                  SELECT count(*) FROM staged_billing
                  WHERE task_id = :taskId AND attempt = :attempt
                  """))
              .mapTo(Long.class)
              .one();
      if (count != expected) {
        throw new CannotComplete(
            "rows-not-staged",
            "Rows were lost on the way",
            "Of %d good rows %d arrived; import the file again.".formatted(expected, count));
      }
    }

    /**
     * A name alone must be the name of one vendor at most, the new ones with numbers included; a
     * new account number needs a name.
     */
    void requireVendors() {
      of(transaction.createQuery(
              """
              SELECT s.line, s.account_name, s.account_number
              FROM staged_billing s
              WHERE task_id = :taskId AND attempt = :attempt
                AND CASE
                  WHEN s.account_number IS NULL THEN s.account_name IN (
                    SELECT account_name FROM vendor GROUP BY account_name HAVING count(*) > 1)
                  ELSE s.account_name IS NULL AND NOT EXISTS (
                    SELECT FROM vendor v WHERE v.account_number = s.account_number)
                END
              ORDER BY s.line
              LIMIT 1
              """))
          .map(
              (row, context) ->
                  row.getString("account_number") == null
                      ? ambiguous(row.getLong("line"), row.getString("account_name"))
                      : nameless(row.getLong("line"), row.getString("account_number")))
          .findOne()
          .ifPresent(
              failure -> {
                throw failure;
              });
    }

    long addNumberedVendors() {
      return of(transaction.createUpdate(
              """
              INSERT INTO vendor (account_name, account_number)
              SELECT DISTINCT ON (account_number) account_name, account_number
              FROM staged_billing
              WHERE task_id = :taskId AND attempt = :attempt
                AND account_number IS NOT NULL AND account_name IS NOT NULL
              ORDER BY account_number, line
              ON CONFLICT (account_number) DO NOTHING
              """))
          .execute();
    }

    long addNamedVendors() {
      return of(transaction.createUpdate(
              """
              INSERT INTO vendor (account_name)
              SELECT account_name
              FROM staged_billing s
              WHERE task_id = :taskId AND attempt = :attempt AND account_number IS NULL
                AND NOT EXISTS (SELECT FROM vendor v WHERE v.account_name = s.account_name)
              GROUP BY account_name
              ORDER BY min(line)
              """))
          .execute();
    }

    /** Identical rows without a reference are told apart by their order in the file. */
    long addBillings() {
      return of(transaction.createUpdate(
              """
              WITH by_name AS (
                SELECT account_name, min(id) AS id FROM vendor GROUP BY account_name
              )
              INSERT INTO billing
                (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal,
                 import_id, line)
              SELECT coalesce(numbered.id, named.id), date_billed, payable, s.currency,
                total_issues, reference,
                row_number() OVER (
                  PARTITION BY coalesce(numbered.id, named.id), date_billed, payable, s.currency,
                    total_issues, reference
                  ORDER BY line),
                :taskId, line
              FROM staged_billing s
              LEFT JOIN vendor numbered ON numbered.account_number = s.account_number
              LEFT JOIN by_name named
                ON s.account_number IS NULL AND named.account_name = s.account_name
              WHERE task_id = :taskId AND attempt = :attempt
              ORDER BY line
              ON CONFLICT DO NOTHING
              """))
          .execute();
    }

    private <S extends SqlStatement<S>> S of(S statement) {
      return statement.bind("taskId", taskId).bind("attempt", attempt);
    }

    private static CannotComplete ambiguous(long line, String name) {
      return new CannotComplete(
          "ambiguous-vendor",
          "A vendor cannot be told by its name",
          "Line %d: several vendors are called \"%s\"; give account_number.".formatted(line, name));
    }

    private static CannotComplete nameless(long line, String number) {
      return new CannotComplete(
          "missing-vendor",
          "A new vendor has no name",
          "Line %d: no vendor has the account number %s yet, and the line has no account_name."
              .formatted(line, number));
    }
  }
}
