/** Group commit: the work of many callers shares transactions. */
@NullMarked
package io.tallyman.kit.batch;

import org.jspecify.annotations.NullMarked;
