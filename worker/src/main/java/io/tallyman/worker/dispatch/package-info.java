/** Slots, which take dispatched tasks and claim them, and the registration of the worker. */
@NullMarked
package io.tallyman.worker.dispatch;

import org.jspecify.annotations.NullMarked;
