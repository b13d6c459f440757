/** Writing sheets: each is complete or absent, and is hashed and summed while it is written. */
@NullMarked
package io.tallyman.worker.sheet;

import org.jspecify.annotations.NullMarked;
