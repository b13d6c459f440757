/** Checks of the free space on a disk. */
@NullMarked
package io.tallyman.kit.disk;

import org.jspecify.annotations.NullMarked;
