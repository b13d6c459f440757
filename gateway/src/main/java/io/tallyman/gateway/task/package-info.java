/** Tasks, as billing-service keeps them, with links. */
@NullMarked
package io.tallyman.gateway.task;

import org.jspecify.annotations.NullMarked;
