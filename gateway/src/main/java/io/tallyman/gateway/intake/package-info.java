/** Imports: uploads that pass to billing-service as a stream. */
@NullMarked
package io.tallyman.gateway.intake;

import org.jspecify.annotations.NullMarked;
