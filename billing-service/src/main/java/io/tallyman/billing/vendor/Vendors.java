package io.tallyman.billing.vendor;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements on single vendors; {@link VendorList} reads many. Those that write are {@link
 * VendorChanges}' alone.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface Vendors extends GenericRepository<Vendor, Long> {
  Optional<Vendor> findById(long id);

  /**
   * @return null if the account number is another vendor's
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
   * Changes what is given and leaves the rest, whoever changes that meanwhile.
   *
   * @param accountName null if it is not given: every vendor has one
   * @return null if no vendor has the id; the framework fails on an Optional here
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
