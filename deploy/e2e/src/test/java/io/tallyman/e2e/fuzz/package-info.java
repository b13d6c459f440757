/** Requests that nobody would write, to every route, and what must hold of the answers. */
@NullMarked
package io.tallyman.e2e.fuzz;

import org.jspecify.annotations.NullMarked;
