package io.tallyman.billing.billing;

import io.micronaut.data.exceptions.DataAccessException;
import io.tallyman.billing.currency.CurrencyDecimals;
import io.tallyman.billing.vendor.Vendor;
import io.tallyman.billing.vendor.Vendors;
import io.tallyman.kit.database.ViolatedConstraint;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds single billings. The same rules apply as to the rows of an imported file. */
@Singleton
final class BillingEntry {
  private final Vendors vendors;
  private final Billings billings;

  BillingEntry(Vendors vendors, Billings billings) {
    this.vendors = vendors;
    this.billings = billings;
  }

  /**
   * @param addsLine whether the billing may be a further line of a document that exists
   * @throws InvalidFields if the vendor is unknown, neither the request nor the vendor gives a
   *     currency, or the amount has more decimals than its currency
   * @throws DuplicateBilling if the vendor already has a billing with this content and reference
   * @throws ReferenceDiffers if the vendor has billings with this reference and other content, and
   *     this one may not be a further line
   */
  Billing enter(NewBilling billing, boolean addsLine) {
    Vendor vendor = vendors.findById(billing.vendorId()).orElseThrow(BillingEntry::unknownVendor);
    String currency = billing.currency() == null ? vendor.currency() : billing.currency();
    if (currency == null) {
      throw invalid("/currency", "is required, because the vendor has no currency");
    }
    BigDecimal payable = amount(billing.payable(), currency);
    int issues = billing.totalIssues() == null ? 1 : billing.totalIssues();
    String reference = reference(billing);
    try {
      @Nullable Billing added;
      do {
        added =
            billings.add(
                vendor.id(), billing.dateBilled(), payable, currency, issues, reference, addsLine);
        if (added == null
            && (reference == null
                || billings.hasLine(
                    vendor.id(), billing.dateBilled(), payable, currency, issues, reference))) {
          throw new DuplicateBilling(reference);
        }
        if (added == null && !addsLine) {
          throw new ReferenceDiffers();
        }
        // Somebody else added a line at the same moment. This one comes after it.
      } while (added == null);
      return added;
    } catch (DataAccessException failure) {
      // The undo of an import may have deleted the vendor after it was found.
      throw ViolatedConstraint.in(failure).filter("billing_vendor_id_fkey"::equals).isPresent()
          ? unknownVendor()
          : failure;
    }
  }

  private static BigDecimal amount(String payable, String currency) {
    BigDecimal amount = new BigDecimal(payable);
    int decimals = CurrencyDecimals.BY_CODE.getOrDefault(currency, amount.scale());
    if (amount.scale() > decimals) {
      throw invalid(
          "/payable", "has more decimals than " + currency + " allows (" + decimals + ")");
    }
    return amount.setScale(decimals);
  }

  private static @Nullable String reference(NewBilling billing) {
    String reference = billing.reference();
    return reference == null || reference.isBlank() ? null : reference;
  }

  private static InvalidFields unknownVendor() {
    return invalid("/vendor_id", "is not the id of a vendor");
  }

  private static InvalidFields invalid(String pointer, String detail) {
    return new InvalidFields(List.of(new FieldError(pointer, detail)));
  }
}
