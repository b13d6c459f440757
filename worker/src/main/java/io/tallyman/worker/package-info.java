/** The worker: claims tasks, does them, and reports how they ended. */
@NullMarked
package io.tallyman.worker;

import org.jspecify.annotations.NullMarked;
