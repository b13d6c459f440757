package io.tallyman.billing.attempt;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/**
 * A worker asks for a task.
 *
 * @param claimId made by the worker for one message; asking again with it gets the same attempt
 * @param dispatchNo of the message that led here
 */
@Serdeable
record Claim(@NotNull UUID claimId, @NotBlank String workerId, int dispatchNo) {}
