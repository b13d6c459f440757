/** The routes of tasks, their events and their types, which billing-service stores. */
@NullMarked
package io.tallyman.gateway.task;

import org.jspecify.annotations.NullMarked;
