package io.tallyman.billing.staging;

import io.tallyman.billing.sheet.Total;
import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.tasktype.CannotComplete;
import io.tallyman.billing.tasktype.CompletionBusy;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
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
   * Reads the rows to add as {@code resolved}: those not refused and no line that is a duplicate.
   */
  private static final String RESOLVED =
      """
      , resolved AS (
        SELECT line, date_billed, currency, total_issues, reference,
          CASE WHEN code IS NULL THEN vendor_id END AS vendor_id,
          payable + coalesce(round(0::numeric, decimals), 0) AS payable
        FROM judged
        WHERE NOT EXISTS (
          SELECT FROM (
            SELECT line FROM staged_refusal WHERE task_id = :taskId AND attempt = :attempt
            UNION ALL
            SELECT line FROM staged_duplicate WHERE task_id = :taskId AND attempt = :attempt
          ) AS settled
          WHERE settled.line = judged.line)
      )
      """;

  /** The place of a row in its document or, without a reference, among identical rows. */
  private static final String ORDINAL =
      """
      row_number() OVER (
        PARTITION BY vendor_id, reference,
          CASE WHEN reference IS NULL THEN date_billed END,
          CASE WHEN reference IS NULL THEN payable END,
          CASE WHEN reference IS NULL THEN currency END,
          CASE WHEN reference IS NULL THEN total_issues END
        ORDER BY line)
      """;

  /**
   * The ordinal of the last stored billing before a row: the last line of its document or, for a
   * row of a correction without a reference, the last billing with its content.
   */
  private static final String LAST =
      """
      coalesce(
        CASE
          WHEN reference IS NOT NULL THEN
            (SELECT max(b.ordinal) FROM billing b
            WHERE b.vendor_id = resolved.vendor_id AND b.reference = resolved.reference)
          WHEN <isCorrection> THEN
            (SELECT max(b.ordinal) FROM billing b
            WHERE b.vendor_id = resolved.vendor_id AND b.reference IS NULL
              AND b.date_billed = resolved.date_billed AND b.payable = resolved.payable
              AND b.currency = resolved.currency AND b.total_issues = resolved.total_issues)
        END, 0)
      """;

  /**
   * @param duplicates staged rows that existed as billings before
   * @param firstDay the first date of an imported row; null if none was imported
   * @param lastDay the last date of an imported row; null if none was imported
   * @param sums the amounts of the imported rows, by currency
   * @param duplicateSums the amounts of the duplicates, by currency
   */
  public record Applied(
      long imported,
      long duplicates,
      long vendorsCreated,
      @Nullable LocalDate firstDay,
      @Nullable LocalDate lastDay,
      List<Total> sums,
      List<Total> duplicateSums) {}

  /** The imported rows with one currency. */
  public record Added(
      String currency, BigDecimal payable, long rows, LocalDate firstDay, LocalDate lastDay) {}

  /**
   * Turns the rows that an attempt staged and that were not refused into billings. Rows of one file
   * that share a reference are lines of one document and all count, and so do identical rows; rows
   * that exist from an earlier file are duplicates.
   *
   * @param expected the worker's count of these rows
   * @param addsLines whether the rows may be further lines of documents that exist already
   * @throws CompletionBusy if another import is being applied
   * @throws CannotComplete with a retryable error if rows are missing, or if vendors or billings
   *     were changed so that other rows would be refused now
   */
  public Applied apply(
      Handle transaction, UUID taskId, int attempt, long expected, boolean addsLines) {
    ImportLock.take(transaction);
    StagedPlan.set(transaction, expected);
    Staged staged = new Staged(transaction, taskId, attempt);
    staged.requireCount(expected);
    ImportedFile file = ImportedFile.of(transaction, taskId);
    staged.requireNewLines(file);
    long vendors = staged.addNumberedVendors() + staged.addNamedVendors();
    List<Added> added = staged.addBillings(file, addsLines, expected);
    long imported = added.stream().mapToLong(Added::rows).sum();
    long duplicates = expected - imported;
    if (duplicates > 0) {
      staged.keepDuplicates(duplicates, expected);
    }
    List<Total> sums = added.stream().map(one -> new Total(one.currency(), one.payable())).toList();
    return new Applied(
        imported,
        duplicates,
        vendors,
        added.stream().map(Added::firstDay).min(Comparator.naturalOrder()).orElse(null),
        added.stream().map(Added::lastDay).max(Comparator.naturalOrder()).orElse(null),
        sums,
        duplicates == 0 ? List.of() : staged.sumOfDuplicates());
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

    /**
     * Adds the new vendors with account numbers, under their normal names. A row without a currency
     * adds no vendor.
     */
    long addNumberedVendors() {
      return of(transaction.createUpdate(
              """
              INSERT INTO vendor (account_name, account_number, import_id)
              SELECT DISTINCT ON (account_number)
                normal_vendor_name(account_name), account_number, :taskId
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
              SELECT normal_vendor_name(account_name), :taskId
              FROM staged_billing s
              WHERE task_id = :taskId AND attempt = :attempt
                AND account_number IS NULL AND currency IS NOT NULL
                AND NOT EXISTS (
                  SELECT FROM vendor v
                  WHERE normal_vendor_name(v.account_name) = normal_vendor_name(s.account_name))
              GROUP BY normal_vendor_name(account_name)
              ORDER BY min(line)
              """))
          .execute();
    }

    /** Another correction may have added lines of the file since the rows were staged. */
    void requireNewLines(ImportedFile file) {
      if (!file.isCorrection()) {
        return;
      }
      boolean areNew =
          of(file.in(
                  transaction.createQuery(
                      """
                      SELECT NOT EXISTS (
                        SELECT FROM staged_billing s
                        JOIN billing b ON b.line = s.line AND b.import_id = ANY(:imports)
                        WHERE s.task_id = :taskId AND s.attempt = :attempt
                          AND NOT EXISTS (
                            SELECT FROM staged_duplicate d
                            WHERE d.task_id = :taskId AND d.attempt = :attempt
                              AND d.line = s.line))
                      """)))
              .mapTo(Boolean.class)
              .one();
      if (!areNew) {
        throw billingsChanged();
      }
    }

    /**
     * Judges the rows and adds them in one statement, so that no vendor can change in between. A
     * row that would be refused now gets no vendor, and the NOT NULL constraint stops the
     * statement. Adding the currency's zero to an amount pads its decimals and cannot round.
     * Identical rows without a reference get different ordinals, by their order in the file, and so
     * do the lines of a document.
     */
    List<Added> addBillings(ImportedFile file, boolean addsLines, long rows) {
      boolean follows = addsLines || file.isCorrection();
      try {
        return ValidatedRows.of(
                taskId,
                attempt,
                transaction.createQuery(
                    NAME
                        + ValidatedRows.with(rows)
                        + RESOLVED
                        + """
                        , added AS (
                          INSERT INTO billing
                            (vendor_id, date_billed, payable, currency, total_issues, reference,
                             ordinal, import_id, line)
                          SELECT vendor_id, date_billed, payable, currency, total_issues, reference,
                            %s, :taskId, line
                          FROM resolved
                          ORDER BY line
                          ON CONFLICT DO NOTHING
                          RETURNING currency, payable, date_billed
                        )
                        SELECT currency, sum(payable) AS payable, count(*) AS rows,
                          min(date_billed) AS first_day, max(date_billed) AS last_day
                        FROM added
                        GROUP BY currency
                        """
                            .formatted(follows ? LAST + " + " + ORDINAL : ORDINAL)))
            .define("isCorrection", file.isCorrection())
            .map(RecordMapper.of(Added.class))
            .list();
      } catch (UnableToExecuteStatementException failure) {
        throw lacksVendor(failure) ? vendorsChanged() : failure;
      }
    }

    /**
     * Stores which billing each duplicate repeats. A line of a document is one by a stored line. A
     * row without a reference is one if the billing with its content and ordinal is not of this
     * import. The other rows that were not added belong to documents that became known meanwhile.
     */
    void keepDuplicates(long expected, long rows) {
      long lines =
          of(transaction.createUpdate(
                  """
                  INSERT INTO import_duplicate (import_id, line, billing_id)
                  SELECT :taskId, line, billing_id FROM staged_duplicate d
                  WHERE task_id = :taskId AND attempt = :attempt
                    AND (SELECT true FROM billing b WHERE b.id = d.billing_id)
                  """))
              .execute();
      long others =
          ValidatedRows.of(
                  taskId,
                  attempt,
                  transaction.createUpdate(
                      ValidatedRows.with(rows)
                          + RESOLVED
                          + """
                          , numbered AS (
                            SELECT *, %s AS ordinal FROM resolved WHERE reference IS NULL
                          ), repeated AS (
                            SELECT line,
                              (SELECT b.id FROM billing b
                              WHERE b.vendor_id = n.vendor_id AND b.date_billed = n.date_billed
                                AND b.payable = n.payable AND b.currency = n.currency
                                AND b.total_issues = n.total_issues AND b.ordinal = n.ordinal
                                AND b.reference IS NULL) AS billing_id
                            FROM numbered n
                            WHERE NOT EXISTS (
                              SELECT FROM billing b
                              WHERE b.import_id = :taskId AND b.line = n.line)
                          )
                          INSERT INTO import_duplicate (import_id, line, billing_id)
                          SELECT :taskId, line, billing_id
                          FROM repeated
                          WHERE billing_id IS NOT NULL
                          """
                              .formatted(ORDINAL)))
              .execute();
      if (lines + others != expected) {
        throw billingsChanged();
      }
    }

    /** Each duplicate is one step down the index. The other joins would read all billings. */
    List<Total> sumOfDuplicates() {
      transaction.execute(
          "SET LOCAL enable_nestloop = on; SET LOCAL enable_hashjoin = off;"
              + " SET LOCAL enable_mergejoin = off");
      return transaction
          .createQuery(
              """
              SELECT b.currency, sum(b.payable) AS payable
              FROM import_duplicate d JOIN billing b ON b.id = d.billing_id
              WHERE d.import_id = :taskId
              GROUP BY b.currency
              """)
          .bind("taskId", taskId)
          .map(RecordMapper.of(Total.class))
          .list();
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

    private static CannotComplete billingsChanged() {
      return new CannotComplete(
          TaskError.passing(
              "billings-changed",
              "Billings changed while the file was read",
              "Billings with references of the file were added or removed. The file is read"
                  + " again."));
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
