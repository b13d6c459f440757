package io.tallyman.gateway.group;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.TaskStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group, as clients see it: the answer of billing-service, with links for the group and for each
 * task.
 *
 * @param status PENDING until one task starts, STARTED until all tasks have ended, then SUCCESS, or
 *     FAILURE if a task has another status than SUCCESS
 * @param counts the number of tasks by status
 * @param tasks in the order in which they were submitted
 */
@Serdeable
record LinkedGroup(
    UUID groupId,
    TaskStatus status,
    Map<String, Integer> counts,
    Instant createdAt,
    List<LinkedTask> tasks,
    Links links) {
  private static final Logger LOG = LoggerFactory.getLogger(LinkedGroup.class);
  private static final String POLL_SECONDS = "1";

  /**
   * @param self the group; poll it until its status is an end status
   * @param cancel null when all tasks have ended
   */
  @Serdeable
  record Links(String self, @Nullable String cancel) {}

  /** The answer 202, with the address of the group and when to poll it. Logs the new group. */
  static HttpResponse<LinkedGroup> accepted(Group group) {
    LOG.info("Group {} of {} tasks is {}", group.groupId(), group.tasks().size(), group.status());
    LinkedGroup linked = of(group);
    return linked.polled(HttpResponse.accepted(URI.create(linked.links().self())));
  }

  /** The answer 200. */
  static HttpResponse<LinkedGroup> shown(Group group) {
    return of(group).polled(HttpResponse.ok());
  }

  private static LinkedGroup of(Group group) {
    String self = Api.V1 + "/task-groups/" + group.groupId();
    return new LinkedGroup(
        group.groupId(),
        group.status(),
        group.counts(),
        group.createdAt(),
        group.tasks().stream().map(LinkedTask::of).toList(),
        new Links(self, group.status().isEnd() ? null : self + "/cancel"));
  }

  private HttpResponse<LinkedGroup> polled(MutableHttpResponse<LinkedGroup> answer) {
    answer.body(this);
    return status.isEnd() ? answer : answer.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
  }
}
