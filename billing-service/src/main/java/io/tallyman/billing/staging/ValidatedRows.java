package io.tallyman.billing.staging;

import io.tallyman.billing.currency.CurrencyDecimals;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The staged rows of an attempt, each with its vendor and with the reason why that vendor, or the
 * lack of one, keeps the row from becoming a billing. A statement that begins with {@link #WITH}
 * reads them as {@code judged}. It sees the vendors as they are when it begins, and what other
 * transactions change after that does not reach it: so a statement that also stores what it judged
 * stores nothing else.
 */
final class ValidatedRows {
  /**
   * {@code code} is null for a row that can become a billing. Its {@code vendor_id} is null only
   * while its vendor is still to be added. {@code decimals} are those of the vendor's currency, for
   * a row that names none; else null. A name that only this file makes ambiguous, by new account
   * numbers, is ambiguous too.
   */
  static final String WITH =
      """
      WITH staged AS NOT MATERIALIZED (
        SELECT * FROM staged_billing WHERE task_id = :taskId AND attempt = :attempt
      ), known AS (
        SELECT id, account_number, account_name, currency FROM vendor
        UNION ALL
        (SELECT DISTINCT ON (account_number) NULL, account_number, account_name, NULL
        FROM staged s
        WHERE account_number IS NOT NULL AND account_name IS NOT NULL AND currency IS NOT NULL
          AND NOT EXISTS (SELECT FROM vendor v WHERE v.account_number = s.account_number)
        ORDER BY account_number, line)
      ), named AS (
        SELECT account_name, count(*) AS vendors, min(id) AS id, min(currency) AS currency
        FROM known
        WHERE account_name IN (SELECT account_name FROM staged WHERE account_number IS NULL)
        GROUP BY account_name
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

  /** Binds whose rows are judged, and by which currencies. */
  static <S extends SqlStatement<S>> S of(UUID taskId, int attempt, S statement) {
    Map<String, Integer> decimals = CurrencyDecimals.BY_CODE;
    return statement
        .bind("taskId", taskId)
        .bind("attempt", attempt)
        .bindArray("codes", String.class, decimals.keySet())
        .bindArray("decimals", Integer.class, decimals.values());
  }
}
