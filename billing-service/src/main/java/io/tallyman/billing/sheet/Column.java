package io.tallyman.billing.sheet;

import io.micronaut.serde.annotation.Serdeable;

/**
 * A column of a sheet.
 *
 * @param type {@code date}, {@code text}, {@code decimal}, {@code currency} or {@code integer}
 */
@Serdeable
record Column(String name, String type) {}
