/**
 * Attempts: workers claim a task, renew its lease by heartbeats, and report an outcome; the
 * watchdog ends the attempts that no worker keeps alive.
 */
@NullMarked
package io.tallyman.billing.attempt;

import org.jspecify.annotations.NullMarked;
