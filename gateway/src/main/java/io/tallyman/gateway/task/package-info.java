/** The routes of tasks, which billing-service stores. */
@NullMarked
package io.tallyman.gateway.task;

import org.jspecify.annotations.NullMarked;
