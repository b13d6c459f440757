/** Imports: uploads are stored as sent, their rows are staged, then applied exactly once. */
@NullMarked
package io.tallyman.billing.intake;

import org.jspecify.annotations.NullMarked;
