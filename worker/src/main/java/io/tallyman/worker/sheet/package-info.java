/** Sheets as they are written: complete or absent, hashed and summed on the way. */
@NullMarked
package io.tallyman.worker.sheet;

import org.jspecify.annotations.NullMarked;
