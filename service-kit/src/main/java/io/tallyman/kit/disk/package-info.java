/** Files that survive a power cut, on a disk that keeps a minimum of free space. */
@NullMarked
package io.tallyman.kit.disk;

import org.jspecify.annotations.NullMarked;
