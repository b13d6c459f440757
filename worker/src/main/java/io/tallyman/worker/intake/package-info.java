/** Other people's CSV on its way in: read, checked row by row, staged or refused. */
@NullMarked
package io.tallyman.worker.intake;

import org.jspecify.annotations.NullMarked;
