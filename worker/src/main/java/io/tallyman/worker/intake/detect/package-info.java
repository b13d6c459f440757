/** Finds out how a file is written, and asks where it can be read in more than one way. */
@NullMarked
package io.tallyman.worker.intake.detect;

import org.jspecify.annotations.NullMarked;
