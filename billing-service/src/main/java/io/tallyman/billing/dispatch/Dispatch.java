package io.tallyman.billing.dispatch;

import java.util.UUID;

/**
 * One message that offers a task to the workers.
 *
 * @param dispatchNo grows with each dispatch of the task; a claim with an older one is refused
 */
public record Dispatch(UUID id, String task, int dispatchNo) {}
