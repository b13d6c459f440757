package io.tallyman.billing.worker;

import io.micronaut.serde.annotation.Serdeable;

/**
 * How much work there is and how many slots there are. An autoscaler reads this every few seconds.
 *
 * @param waiting due tasks that wait for a worker; the count stops at 10,000
 * @param running tasks that a worker runs
 * @param wantedSlots how many slots could be busy now: one for each waiting or running task that is
 *     always long; of the other tasks, as many share one as the live workers have room for
 * @param slots the slots of all live workers, without the light ones
 */
@Serdeable
record Load(int waiting, int running, int wantedSlots, int slots) {}
