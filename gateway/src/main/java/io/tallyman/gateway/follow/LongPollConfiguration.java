package io.tallyman.gateway.follow;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Min;

/**
 * @param maxWaiting how many requests may wait for the end of a task at once; further requests are
 *     answered without waiting
 */
@Context
@ConfigurationProperties("tallyman.long-polls")
record LongPollConfiguration(@Bindable(defaultValue = "10000") @Min(0) int maxWaiting) {}
