package io.tallyman.gateway.stats;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;
import org.jspecify.annotations.Nullable;

/** The statistics of billing-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.BILLING, path = "/stats")
interface StatsClient {
  @Get
  Stats show(@Nullable @QueryValue String from, @Nullable @QueryValue String to);
}
