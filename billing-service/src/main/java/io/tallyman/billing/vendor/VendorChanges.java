package io.tallyman.billing.vendor;

import io.micronaut.data.exceptions.DataAccessException;
import io.tallyman.kit.database.ViolatedConstraint;
import io.tallyman.kit.patch.ValidChanges;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Adds and changes single vendors. */
@Singleton
final class VendorChanges {
  private final Vendors vendors;
  private final ValidChanges valid;

  VendorChanges(Vendors vendors, ValidChanges valid) {
    this.vendors = vendors;
    this.valid = valid;
  }

  /**
   * @throws AccountNumberTaken if the account number is another vendor's
   */
  Vendor add(NewVendor vendor) {
    @Nullable Vendor added =
        vendors.add(
            vendor.accountName(), vendor.accountNumber(), vendor.currency(), vendor.managerId());
    if (added == null) {
      throw new AccountNumberTaken(vendor.accountNumber());
    }
    return added;
  }

  /**
   * Changes the given fields and leaves the others.
   *
   * @return the vendor as it is now
   * @throws jakarta.validation.ConstraintViolationException listing all invalid values
   * @throws UnknownVendor if no vendor has the id
   * @throws AccountNumberTaken if the account number is another vendor's
   */
  Vendor change(long id, ChangedVendor change) {
    valid.require(NewVendor.class, change.changes());
    try {
      @Nullable Vendor changed =
          vendors.change(
              id,
              change.accountName().value(),
              change.accountNumber().given(),
              change.accountNumber().value(),
              change.currency().given(),
              change.currency().value(),
              change.managerId().given(),
              change.managerId().value());
      if (changed == null) {
        throw new UnknownVendor(id);
      }
      return changed;
    } catch (DataAccessException failure) {
      throw ViolatedConstraint.in(failure).filter("vendor_account_number"::equals).isPresent()
          ? new AccountNumberTaken(change.accountNumber().value())
          : failure;
    }
  }
}
