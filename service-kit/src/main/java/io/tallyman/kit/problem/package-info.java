/** Errors as RFC 9457 problems, made at the edge of a service and nowhere else. */
@NullMarked
package io.tallyman.kit.problem;

import org.jspecify.annotations.NullMarked;
