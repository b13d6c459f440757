/** The rows of an import: each is read as a billing, or refused with the reason. */
@NullMarked
package io.tallyman.worker.intake.row;

import org.jspecify.annotations.NullMarked;
