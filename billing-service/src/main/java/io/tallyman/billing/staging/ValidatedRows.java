package io.tallyman.billing.staging;

import io.tallyman.billing.currency.CurrencyDecimals;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * SQL for the staged rows of an attempt, each with its vendor and, if the vendor or the lack of one
 * prevents a billing, the reason. A statement that begins with {@link #with} reads these rows as
 * {@code judged}. Such a statement sees the vendors as they are when it begins. So a statement that
 * judges the rows and stores them uses one state of the vendors for both.
 */
final class ValidatedRows {
  /**
   * Columns: {@code code} is null for a row that can become a billing. Its {@code vendor_id} is
   * null only if its vendor has to be added first. {@code decimals} is the number of decimals of
   * the vendor's currency for a row that gives no currency; else null. A vendor with exactly the
   * name of a row goes before vendors with the same normal name. A name counts as ambiguous also if
   * the file itself gives it to several new account numbers. {@code known} is kept for its second
   * use only if there are many rows: for a few rows, the vendors are looked up in the indexes
   * instead of reading them all.
   */
  private static final String WITH =
      """
      WITH staged AS NOT MATERIALIZED (
        SELECT * FROM staged_billing WHERE task_id = :taskId AND attempt = :attempt
      ), known AS %s MATERIALIZED (
        SELECT id, account_number, account_name, normal_vendor_name(account_name) AS normal_name,
          currency
        FROM vendor
        UNION ALL
        (SELECT DISTINCT ON (account_number) NULL, account_number,
          normal_vendor_name(account_name), normal_vendor_name(account_name), NULL
        FROM staged s
        WHERE account_number IS NOT NULL AND account_name IS NOT NULL AND currency IS NOT NULL
          AND NOT EXISTS (SELECT FROM vendor v WHERE v.account_number = s.account_number)
        ORDER BY account_number, line)
      ), alike AS (
        SELECT s.account_name, known.id, known.currency,
          known.account_name = s.account_name AS is_same
        FROM (
          SELECT DISTINCT account_name, normal_vendor_name(account_name) AS normal_name
          FROM staged
          WHERE account_number IS NULL
        ) s JOIN known USING (normal_name)
      ), named AS (
        SELECT account_name, count(*) AS vendors, min(id) AS id, min(currency) AS currency
        FROM alike
        WHERE is_same
        GROUP BY account_name
        UNION ALL
        SELECT account_name, count(*), min(id), min(currency)
        FROM alike
        GROUP BY account_name
        HAVING NOT bool_or(is_same)
      ), judged AS (
        SELECT line, s.account_name, s.account_number, s.reference, s.date_billed, s.payable,
          coalesce(s.currency, currencies.code) AS currency, currencies.decimals, s.total_issues,
          coalesce(numbered.id, named.id) AS vendor_id,
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

  private ValidatedRows() {}

  /**
   * @param rows the number of staged rows
   */
  static String with(long rows) {
    return WITH.formatted(StagedPlan.isForMany(rows) ? "" : "NOT");
  }

  /** Binds the attempt and the known currencies. */
  static <S extends SqlStatement<S>> S of(UUID taskId, int attempt, S statement) {
    Map<String, Integer> decimals = CurrencyDecimals.BY_CODE;
    return statement
        .bind("taskId", taskId)
        .bind("attempt", attempt)
        .bindArray("codes", String.class, decimals.keySet())
        .bindArray("decimals", Integer.class, decimals.values());
  }
}
