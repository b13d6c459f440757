package io.tallyman.billing.dispatch;

import io.tallyman.billing.RunningService;
import java.util.List;

/** Dispatches tasks as the dispatcher does, when a test says so and without a broker. */
public final class TestDispatcher {
  private final DispatchedTasks tasks;

  public TestDispatcher(RunningService service) {
    this.tasks = service.bean(DispatchedTasks.class);
  }

  /** Marks the next due tasks as dispatched, in the order to publish them. */
  public List<Dispatch> mark() {
    return tasks.mark();
  }

  /** Takes marks back, as of messages that the broker did not confirm. */
  public void unmark(List<Dispatch> dispatches) {
    tasks.unmark(dispatches);
  }
}
