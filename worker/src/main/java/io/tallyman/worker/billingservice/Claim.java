package io.tallyman.worker.billingservice;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/**
 * @param claimId made once for a message: asking again with it gets the same attempt
 */
@Serdeable
public record Claim(UUID claimId, String workerId, int dispatchNo) {}
