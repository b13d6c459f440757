package io.tallyman.billing.vendor;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.patch.Change;
import java.util.Map;

/** The changes to a vendor. The constraints of {@link NewVendor} apply to them. */
@Serdeable
public record ChangedVendor(
    Change<String> accountName,
    Change<String> accountNumber,
    Change<String> currency,
    Change<Long> managerId) {

  /** The changes by the component names of {@link NewVendor}. */
  Map<String, Change<?>> changes() {
    return Map.of(
        "accountName", accountName,
        "accountNumber", accountNumber,
        "currency", currency,
        "managerId", managerId);
  }
}
