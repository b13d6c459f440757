/** Which user is responsible for which billings. */
@NullMarked
package io.tallyman.billing.assignment;

import org.jspecify.annotations.NullMarked;
