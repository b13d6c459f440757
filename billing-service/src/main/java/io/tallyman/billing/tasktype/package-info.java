/**
 * Types of tasks: their names, parameters and time limits, and what each adds to a completed
 * attempt.
 */
@NullMarked
package io.tallyman.billing.tasktype;

import org.jspecify.annotations.NullMarked;
