/** Imports: uploads are kept as they came, their rows are staged, then applied once. */
@NullMarked
package io.tallyman.billing.intake;

import org.jspecify.annotations.NullMarked;
