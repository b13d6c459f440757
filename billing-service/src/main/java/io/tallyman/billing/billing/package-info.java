/** The billings: entry by hand, lists, and streams of rows in the order of a sheet. */
@NullMarked
package io.tallyman.billing.billing;

import org.jspecify.annotations.NullMarked;
