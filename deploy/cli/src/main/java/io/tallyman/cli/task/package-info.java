/** The wait for the end of a task, and what it says. */
@NullMarked
package io.tallyman.cli.task;

import org.jspecify.annotations.NullMarked;
