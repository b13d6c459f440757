/** Keeps a disk from filling up. One class alone: nothing else of the kit is about disks. */
@NullMarked
package io.tallyman.kit.disk;

import org.jspecify.annotations.NullMarked;
