/** The task types that can be submitted, with their parameters. */
@NullMarked
package io.tallyman.gateway.tasktype;

import org.jspecify.annotations.NullMarked;
