package io.tallyman.gateway.live.session;

import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskFilter;
import jakarta.inject.Singleton;

/** Admins and viewers see all tasks; everybody else sees the own ones, as with {@code GET}. */
@Singleton
final class OwnTasks implements Visibility {
  @Override
  public boolean sees(Viewer viewer, Subject task) {
    return viewer.onlyOwner().map(owner -> owner.equals(task.submittedBy())).orElse(true);
  }

  @Override
  public TaskFilter visible(Viewer viewer, TaskFilter filter) {
    return filter.submittedBy() == null
        ? viewer.onlyOwner().map(filter::of).orElse(filter)
        : filter;
  }
}
