package io.tallyman.billing.vendor;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

@Singleton
public final class Vendors {
  private final Jdbi jdbi;

  Vendors(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @return empty if the account number is another vendor's
   */
  Optional<Vendor> add(Handle transaction, NewVendor vendor) {
    return transaction
        .createQuery(
            """
            INSERT INTO vendor (account_name, account_number, currency, manager_id)
            VALUES (:accountName, :accountNumber, :currency, :managerId)
            ON CONFLICT (account_number) DO NOTHING
            RETURNING *
            """)
        .bindMethods(vendor)
        .map(ConstructorMapper.of(Vendor.class))
        .findOne();
  }

  Optional<Vendor> find(long id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  public Optional<Vendor> find(Handle handle, long id) {
    return handle
        .createQuery("SELECT * FROM vendor WHERE id = :id")
        .bind("id", id)
        .map(ConstructorMapper.of(Vendor.class))
        .findOne();
  }
}
