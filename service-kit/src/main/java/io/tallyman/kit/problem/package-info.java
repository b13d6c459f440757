/** Turns errors into RFC 9457 problems, at the edge of a service. */
@NullMarked
package io.tallyman.kit.problem;

import org.jspecify.annotations.NullMarked;
