/** The task types about imports: good rows are staged, refused rows become a sheet. */
@NullMarked
package io.tallyman.worker.intake;

import org.jspecify.annotations.NullMarked;
