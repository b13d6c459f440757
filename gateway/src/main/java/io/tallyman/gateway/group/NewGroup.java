package io.tallyman.gateway.group;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.NewTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks that are submitted together. billing-service checks their number and their values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewGroup(@Nullable List<@Nullable NewTask> tasks) {}
