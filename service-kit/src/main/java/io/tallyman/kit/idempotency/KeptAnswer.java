package io.tallyman.kit.idempotency;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/**
 * A row of the idempotency store: the key of a request and the answer to it. The answer is null
 * only within the transaction that works for the request.
 */
@MappedEntity("kept_answer")
record KeptAnswer(
    String principal,
    String route,
    @Id String key,
    @Nullable String fingerprint,
    @Nullable Integer status,
    @Nullable String location,
    @Nullable String body) {}
