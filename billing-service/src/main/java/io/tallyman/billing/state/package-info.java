/**
 * The state machine of tasks: every change of status, what it stores, and the hint it publishes.
 */
@NullMarked
package io.tallyman.billing.state;

import org.jspecify.annotations.NullMarked;
