package io.tallyman.billing.task;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Tasks that are submitted together. {@link TaskGroups} checks each task and reports all faults at
 * once.
 */
@Serdeable
record NewTaskGroup(@NotNull @Size(min = 1, max = MOST) List<NewTask> tasks) {
  static final int MOST = 100;
}
