/** What is owed in a year: by month, by currency, by vendor. */
@NullMarked
package io.tallyman.billing.payables;

import org.jspecify.annotations.NullMarked;
