/** The routes of imports. Uploads are passed on to billing-service as a stream. */
@NullMarked
package io.tallyman.gateway.intake;

import org.jspecify.annotations.NullMarked;
