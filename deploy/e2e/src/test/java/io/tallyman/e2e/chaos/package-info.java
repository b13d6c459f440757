/** The promise of the 202 under fire: everything that was accepted is kept, whatever strikes. */
@NullMarked
package io.tallyman.e2e.chaos;

import org.jspecify.annotations.NullMarked;
