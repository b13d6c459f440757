/** The rows of an import that existed as billings before: their sheet, and their removal. */
@NullMarked
package io.tallyman.billing.duplicate;

import org.jspecify.annotations.NullMarked;
