package io.tallyman.billing.dispatch;

import java.util.UUID;

/**
 * One offer of a task to the workers.
 *
 * @param dispatchNo increases with each dispatch of the task; a claim with an older number is
 *     refused
 */
public record Dispatch(UUID id, String task, int dispatchNo) {}
