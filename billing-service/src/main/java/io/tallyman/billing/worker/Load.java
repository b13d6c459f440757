package io.tallyman.billing.worker;

import io.micronaut.serde.annotation.Serdeable;

/**
 * How much work there is and how many slots there are. An autoscaler reads this every few seconds.
 *
 * @param waiting due tasks that wait for a worker; the count stops at 10,000
 * @param running tasks that a worker runs
 * @param wantedSlots {@code waiting + running}: how many slots could be busy now
 * @param slots the slots of all live workers
 */
@Serdeable
record Load(int waiting, int running, int wantedSlots, int slots) {}
