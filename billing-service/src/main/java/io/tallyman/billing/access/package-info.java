/** Who sends a request, and which tasks and sheets the sender may see. */
@NullMarked
package io.tallyman.billing.access;

import org.jspecify.annotations.NullMarked;
