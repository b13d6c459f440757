package io.tallyman.billing.vendor;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The SQL for single vendors. {@link VendorList} reads many. Only {@link VendorChanges} calls the
 * methods that write.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface Vendors extends GenericRepository<Vendor, Long> {
  Optional<Vendor> findById(long id);

  /**
   * @return the added vendor; null if another vendor has the account number
   */
  @Query(
      """
      INSERT INTO vendor (account_name, account_number, currency, manager_id)
      VALUES (:accountName, :accountNumber, :currency, :managerId)
      ON CONFLICT (account_number) DO NOTHING
      RETURNING *
      """)
  @Nullable Vendor add(
      String accountName,
      @Nullable String accountNumber,
      @Nullable String currency,
      @Nullable Long managerId);

  /**
   * Changes the given fields and leaves the others, also if somebody changes those at the same
   * time.
   *
   * @param accountName null if it is not given; a vendor's name cannot be removed
   * @return the changed vendor; null if no vendor has the id. Not an Optional: the framework fails
   *     on one here
   */
  @Query(
      """
      UPDATE vendor SET
        account_name = coalesce(:accountName, account_name),
        account_number = CASE WHEN :numberGiven THEN :accountNumber ELSE account_number END,
        currency = CASE WHEN :currencyGiven THEN :currency ELSE currency END,
        manager_id = CASE WHEN :managerGiven THEN :managerId ELSE manager_id END
      WHERE id = :id
      RETURNING *
      """)
  @Nullable Vendor change(
      long id,
      @Nullable String accountName,
      boolean numberGiven,
      @Nullable String accountNumber,
      boolean currencyGiven,
      @Nullable String currency,
      boolean managerGiven,
      @Nullable Long managerId);
}
