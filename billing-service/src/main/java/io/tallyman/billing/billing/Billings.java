package io.tallyman.billing.billing;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tallyman.billing.sheet.Total;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and adds single billings, and sums those of a manager's vendors. {@link BillingList} and
 * {@link BillingRows} read many billings.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Billings extends GenericRepository<Billing, Long> {
  Optional<Billing> findById(long id);

  /**
   * Adds a billing. Without a reference its {@code ordinal} is 1: it is the first billing with this
   * content. With a reference it becomes the last line of its document.
   *
   * @param payable with exactly as many decimals as the currency has
   * @param addsLine whether it may be a further line of a document that exists
   * @return the added billing; null if the same billing exists, or if its document exists and the
   *     billing may not be a further line of it
   */
  @Query(
      """
      INSERT INTO billing
        (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
      SELECT
        :vendorId, CAST(:dateBilled AS date), :payable, :currency, :totalIssues,
        CAST(:reference AS text),
        1 + coalesce(
          (SELECT max(ordinal) FROM billing
          WHERE vendor_id = :vendorId AND reference = CAST(:reference AS text)), 0)
      WHERE NOT EXISTS (
        SELECT FROM billing
        WHERE vendor_id = :vendorId AND reference = CAST(:reference AS text)
          AND (NOT :addsLine
            OR (date_billed = CAST(:dateBilled AS date) AND payable = :payable
              AND currency = :currency AND total_issues = :totalIssues)))
      ON CONFLICT DO NOTHING
      RETURNING *
      """)
  @Nullable Billing add(
      long vendorId,
      LocalDate dateBilled,
      BigDecimal payable,
      String currency,
      int totalIssues,
      @Nullable String reference,
      boolean addsLine);

  /** Whether the document with this reference has a line with this content. */
  @Query(
      """
      SELECT EXISTS (
        SELECT FROM billing
        WHERE vendor_id = :vendorId AND reference = :reference
          AND date_billed = CAST(:dateBilled AS date) AND payable = :payable
          AND currency = :currency AND total_issues = :totalIssues)
      """)
  boolean hasLine(
      long vendorId,
      LocalDate dateBilled,
      BigDecimal payable,
      String currency,
      int totalIssues,
      String reference);

  /** The sums of all billings of the vendors that a user manages, ordered by currency. */
  @Query(
      """
      SELECT billing.currency, sum(payable) AS payable
      FROM vendor JOIN billing ON vendor_id = vendor.id
      WHERE manager_id = :managerId
      GROUP BY billing.currency
      ORDER BY billing.currency
      """)
  List<Total> managedBy(long managerId);
}
