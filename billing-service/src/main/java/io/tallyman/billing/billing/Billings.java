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
   * Adds a billing. Its {@code ordinal} is 1: it is the first billing with this content.
   *
   * @param payable with exactly as many decimals as the currency has
   * @return the added billing; null if the same billing exists
   */
  @Query(
      """
      INSERT INTO billing
        (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
      VALUES
        (:vendorId, CAST(:dateBilled AS date), :payable, :currency, :totalIssues, :reference, 1)
      ON CONFLICT DO NOTHING
      RETURNING *
      """)
  @Nullable Billing add(
      long vendorId,
      LocalDate dateBilled,
      BigDecimal payable,
      String currency,
      int totalIssues,
      @Nullable String reference);

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
