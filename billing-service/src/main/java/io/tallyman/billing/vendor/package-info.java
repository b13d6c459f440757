/** The vendors to whom money is owed. */
@NullMarked
package io.tallyman.billing.vendor;

import org.jspecify.annotations.NullMarked;
