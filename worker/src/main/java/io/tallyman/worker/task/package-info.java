/** What a task type gets for its work, and how it says that the work is done or failed. */
@NullMarked
package io.tallyman.worker.task;

import org.jspecify.annotations.NullMarked;
