/** Which user answers for which billings. */
@NullMarked
package io.tallyman.billing.assignment;

import org.jspecify.annotations.NullMarked;
