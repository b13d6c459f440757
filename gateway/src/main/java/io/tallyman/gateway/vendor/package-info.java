/** Vendors, as billing-service keeps them, with managers that user-service knows. */
@NullMarked
package io.tallyman.gateway.vendor;

import org.jspecify.annotations.NullMarked;
