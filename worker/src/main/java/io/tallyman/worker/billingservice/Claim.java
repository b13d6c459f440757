package io.tallyman.worker.billingservice;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/**
 * @param claimId the id of this claim, one per message; a repeated claim with it returns the same
 *     attempt
 */
@Serdeable
public record Claim(UUID claimId, String workerId, int dispatchNo) {}
