/** The path of a task through a worker: slot, claim, attempt, heartbeat, outcome. */
@NullMarked
package io.tallyman.worker.work;

import org.jspecify.annotations.NullMarked;
