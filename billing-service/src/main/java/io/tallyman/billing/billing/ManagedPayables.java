package io.tallyman.billing.billing;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.sheet.Total;
import java.util.List;

/**
 * What is owed to the vendors that one user manages.
 *
 * @param payables one for each currency, ordered by it; none where nothing was ever billed
 */
@Serdeable
record ManagedPayables(List<Total> payables) {}
