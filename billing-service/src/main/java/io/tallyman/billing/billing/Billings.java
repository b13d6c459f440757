package io.tallyman.billing.billing;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads and adds single billings; {@link BillingList} and {@link BillingRows} read many. */
@Singleton
final class Billings {
  private final Jdbi jdbi;

  /**
   * @param payable with exactly as many decimals as the currency has
   */
  public record Entered(
      long vendorId,
      LocalDate dateBilled,
      BigDecimal payable,
      String currency,
      int totalIssues,
      @Nullable String reference) {}

  Billings(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Adds it as the first of its content; empty if there is one that is the same. */
  Optional<Billing> add(Entered billing) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO billing
                      (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
                    VALUES
                      (:vendorId, :dateBilled, :payable, :currency, :totalIssues, :reference, 1)
                    ON CONFLICT DO NOTHING
                    RETURNING *
                    """)
                .bindMethods(billing)
                .map(ConstructorMapper.of(Billing.class))
                .findOne());
  }

  Optional<Billing> find(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM billing WHERE id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(Billing.class))
                .findOne());
  }
}
