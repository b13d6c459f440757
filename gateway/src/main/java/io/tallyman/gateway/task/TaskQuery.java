package io.tallyman.gateway.task;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import org.jspecify.annotations.Nullable;

/** The query parameters that choose tasks. billing-service checks their values. */
@Introspected
public record TaskQuery(
    @Nullable @QueryValue String status,
    @Nullable @QueryValue String task,
    @Nullable @QueryValue String from,
    @Nullable @QueryValue String to,
    @Nullable @QueryValue("submitted_by") String submittedBy) {}
