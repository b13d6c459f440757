/** Dates: the constraint on their years, and how they are stored. */
@NullMarked
package io.tallyman.billing.date;

import org.jspecify.annotations.NullMarked;
