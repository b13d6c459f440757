/** Lists, page by page: limits, cursors that cannot be forged, and what a page looks like. */
@NullMarked
package io.tallyman.kit.page;

import org.jspecify.annotations.NullMarked;
