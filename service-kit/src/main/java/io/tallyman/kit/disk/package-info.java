/** Checks of the free space on a disk. One class alone: nothing else of the kit is about disks. */
@NullMarked
package io.tallyman.kit.disk;

import org.jspecify.annotations.NullMarked;
