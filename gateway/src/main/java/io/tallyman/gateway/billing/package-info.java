/** The routes of billings, which billing-service stores. */
@NullMarked
package io.tallyman.gateway.billing;

import org.jspecify.annotations.NullMarked;
