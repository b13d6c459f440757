package io.tallyman.worker.sheet;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/**
 * @param directory the sheet store, which all workers and billing-service share
 */
@Context
@ConfigurationProperties("tallyman.store")
record StoreConfiguration(@NotNull Path directory) {}
