package io.tallyman.worker.work;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/**
 * @param claimId made once for a message: asking again with it gets the same attempt
 */
@Serdeable
record Claim(UUID claimId, String workerId, int dispatchNo) {}
