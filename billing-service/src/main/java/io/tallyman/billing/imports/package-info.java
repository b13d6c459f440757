/** Imports of billings: how clients submit and undo them, and what their task types add. */
@NullMarked
package io.tallyman.billing.imports;

import org.jspecify.annotations.NullMarked;
