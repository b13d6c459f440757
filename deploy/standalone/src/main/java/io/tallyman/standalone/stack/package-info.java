/** The stack: its services, its data directory, its start, its readiness and its stop. */
@NullMarked
package io.tallyman.standalone.stack;

import org.jspecify.annotations.NullMarked;
