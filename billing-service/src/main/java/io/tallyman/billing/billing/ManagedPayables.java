package io.tallyman.billing.billing;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.sheet.Total;
import java.util.List;

/**
 * The sums of all billings of the vendors that one user manages.
 *
 * @param payables one for each currency, ordered by its code; empty if there are no billings
 */
@Serdeable
record ManagedPayables(List<Total> payables) {}
