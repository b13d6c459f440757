package io.tallyman.billing.attempt;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/**
 * A worker asks for a task.
 *
 * @param claimId the worker's id for this claim, one for each message; a repeated claim with it
 *     returns the same attempt
 * @param dispatchNo the dispatch number in the message that the worker took
 */
@Serdeable
record Claim(@NotNull UUID claimId, @NotBlank String workerId, int dispatchNo) {}
