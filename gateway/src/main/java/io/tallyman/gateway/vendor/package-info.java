/**
 * The routes of vendors, which billing-service stores. Their managers are users of user-service.
 */
@NullMarked
package io.tallyman.gateway.vendor;

import org.jspecify.annotations.NullMarked;
