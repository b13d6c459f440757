package io.tallyman.billing.vendor;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.patch.Change;
import java.util.Map;

/** Changes to a vendor, held to the constraints of a {@link NewVendor}. */
@Serdeable
public record ChangedVendor(
    Change<String> accountName,
    Change<String> accountNumber,
    Change<String> currency,
    Change<Long> managerId) {

  /** By the components of a new vendor. */
  Map<String, Change<?>> changes() {
    return Map.of(
        "accountName", accountName,
        "accountNumber", accountNumber,
        "currency", currency,
        "managerId", managerId);
  }
}
