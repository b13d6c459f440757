/** Files that survive a power cut, on a disk that does not fill up. */
@NullMarked
package io.tallyman.kit.disk;

import org.jspecify.annotations.NullMarked;
