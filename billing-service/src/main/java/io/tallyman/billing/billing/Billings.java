package io.tallyman.billing.billing;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and adds single billings; {@link BillingList} and {@link BillingRows} read many. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface Billings extends GenericRepository<Billing, Long> {
  Optional<Billing> findById(long id);

  /**
   * Adds a billing as the first of its content.
   *
   * @param payable with exactly as many decimals as the currency has
   * @return null if there is one that is the same
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
}
