/** The client commands of {@code ./tallyman}. */
@NullMarked
package io.tallyman.cli;

import org.jspecify.annotations.NullMarked;
