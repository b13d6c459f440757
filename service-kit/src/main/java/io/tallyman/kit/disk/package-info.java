/** Keeps a disk from filling up. */
@NullMarked
package io.tallyman.kit.disk;

import org.jspecify.annotations.NullMarked;
