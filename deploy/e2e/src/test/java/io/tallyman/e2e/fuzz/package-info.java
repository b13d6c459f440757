/** Sends broken requests to every route, and checks the answers. */
@NullMarked
package io.tallyman.e2e.fuzz;

import org.jspecify.annotations.NullMarked;
