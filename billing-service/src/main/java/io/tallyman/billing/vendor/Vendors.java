package io.tallyman.billing.vendor;

import io.tallyman.kit.database.ViolatedConstraint;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

@Singleton
public final class Vendors {
  private final Jdbi jdbi;

  Vendors(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @return empty if the account number is another vendor's
   */
  Optional<Vendor> add(NewVendor vendor) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO vendor (account_name, account_number, currency, manager_id)
                    VALUES (:accountName, :accountNumber, :currency, :managerId)
                    ON CONFLICT (account_number) DO NOTHING
                    RETURNING *
                    """)
                .bindMethods(vendor)
                .map(ConstructorMapper.of(Vendor.class))
                .findOne());
  }

  /**
   * Changes what is given and leaves the rest, whoever changes that meanwhile.
   *
   * @return the vendor as it is now; empty if none has the id
   * @throws AccountNumberTaken if the account number is another vendor's
   */
  Optional<Vendor> change(long id, ChangedVendor change) {
    try {
      return jdbi.withHandle(handle -> update(handle, id, change));
    } catch (UnableToExecuteStatementException failure) {
      throw ViolatedConstraint.in(failure).filter("vendor_account_number"::equals).isPresent()
          ? new AccountNumberTaken(change.accountNumber().value())
          : failure;
    }
  }

  public Optional<Vendor> find(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM vendor WHERE id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(Vendor.class))
                .findOne());
  }

  private static Optional<Vendor> update(Handle handle, long id, ChangedVendor change) {
    return handle
        .createQuery(
            """
            UPDATE vendor SET
              account_name =
                CASE WHEN :accountName.given THEN :accountName.value ELSE account_name END,
              account_number =
                CASE WHEN :accountNumber.given THEN :accountNumber.value ELSE account_number END,
              currency = CASE WHEN :currency.given THEN :currency.value ELSE currency END,
              manager_id = CASE WHEN :managerId.given THEN :managerId.value ELSE manager_id END
            WHERE id = :id
            RETURNING *
            """)
        .bind("id", id)
        .bindMethods(change)
        .map(ConstructorMapper.of(Vendor.class))
        .findOne();
  }
}
