package io.tallyman.billing.upload;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;

/**
 * @param maxBytes the size limit of an upload in bytes, as sent: a compressed upload counts
 *     compressed
 */
@Context
@ConfigurationProperties("tallyman.uploads")
record UploadConfiguration(@Bindable(defaultValue = "4294967296") @Positive long maxBytes) {}
