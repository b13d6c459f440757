/** What is owed in a year, as billing-service sums it up. */
@NullMarked
package io.tallyman.gateway.payables;

import org.jspecify.annotations.NullMarked;
