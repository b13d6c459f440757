/** Attempts: the work under a heartbeat, then the report of its outcome. */
@NullMarked
package io.tallyman.worker.attempt;

import org.jspecify.annotations.NullMarked;
