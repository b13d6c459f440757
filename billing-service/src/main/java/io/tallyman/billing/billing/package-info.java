/** The billings: by hand, in lists, and as streams of rows in the order of a sheet. */
@NullMarked
package io.tallyman.billing.billing;

import org.jspecify.annotations.NullMarked;
