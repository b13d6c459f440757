package io.tallyman.billing.group;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.task.NewTask;
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
