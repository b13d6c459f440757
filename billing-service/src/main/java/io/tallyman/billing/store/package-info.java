/** The sheet store: what its files are called, and the removal of files that nobody needs. */
@NullMarked
package io.tallyman.billing.store;

import org.jspecify.annotations.NullMarked;
