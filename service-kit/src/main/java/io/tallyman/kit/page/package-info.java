/** Lists, page by page: limits, signed cursors, and the shape of a page. */
@NullMarked
package io.tallyman.kit.page;

import org.jspecify.annotations.NullMarked;
