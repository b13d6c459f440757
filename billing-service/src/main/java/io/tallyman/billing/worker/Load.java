package io.tallyman.billing.worker;

import io.micronaut.serde.annotation.Serdeable;

/**
 * How much there is to do, and who does it. What scales workers reads it every few seconds.
 *
 * @param waiting how many tasks are due and wait for a worker; counted to 10,000
 * @param running how many are with a worker
 * @param wantedSlots how many slots all of these would keep busy at this moment
 * @param slots how many there are of workers that are alive
 */
@Serdeable
record Load(int waiting, int running, int wantedSlots, int slots) {}
