/** Tasks that cancel or retry many other tasks. */
@NullMarked
package io.tallyman.worker.bulk;

import org.jspecify.annotations.NullMarked;
