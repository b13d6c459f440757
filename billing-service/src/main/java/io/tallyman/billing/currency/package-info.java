/** The currencies of ISO 4217, and the constraint that a code is one of them. */
@NullMarked
package io.tallyman.billing.currency;

import org.jspecify.annotations.NullMarked;
