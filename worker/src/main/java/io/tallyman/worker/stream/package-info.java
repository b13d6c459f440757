/** Rows that stream between the worker and billing-service. */
@NullMarked
package io.tallyman.worker.stream;

import org.jspecify.annotations.NullMarked;
