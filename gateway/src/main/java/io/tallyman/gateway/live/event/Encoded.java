package io.tallyman.gateway.live.event;

import java.util.UUID;

/**
 * A live event as JSON, which all clients share.
 *
 * @param type such as {@code task.started}
 * @param seq the number of the event; 0 for progress, which has none
 * @param end whether it is the last event of the task
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Encoded(String type, UUID taskId, int seq, boolean end, byte[] json) {}
