package io.tallyman.billing;

import io.micronaut.context.annotation.Factory;
import io.tallyman.kit.credential.InternalCallers;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Who may use which internal routes. */
@Factory
final class InternalRoutes {
  @Singleton
  InternalCallers callers() {
    return new InternalCallers(
        Map.of(
            "gateway",
            Set.of(
                InternalCallers.OTHER_ROUTES,
                "import-options",
                "import-profiles",
                "recent-events",
                "task-batches",
                "task-event-batches"),
            "worker",
            Set.of(
                "assignments",
                "billings",
                "claims",
                "heartbeats",
                "imports",
                "outcomes",
                "payables",
                "tasks",
                "unreadable-messages",
                "workers"),
            InternalCallers.MONITORING,
            Set.of("load")));
  }
}
