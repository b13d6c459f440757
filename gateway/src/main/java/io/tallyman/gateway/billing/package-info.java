/** Billings, as billing-service keeps them. */
@NullMarked
package io.tallyman.gateway.billing;

import org.jspecify.annotations.NullMarked;
