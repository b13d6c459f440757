package io.tallyman.gateway.group;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
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
 * A group as clients see it: what billing-service tells, with links, and so has each of its tasks.
 *
 * @param status PENDING until one starts, STARTED until all have ended, then SUCCESS, or FAILURE if
 *     any of them is not SUCCESS
 * @param counts how many of its tasks have each status
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
   * @param self the group; ask it again until its status is an end state
   * @param cancel null once all its tasks have ended
   */
  @Serdeable
  record Links(String self, @Nullable String cancel) {}

  /** The answer 202, which is logged: where the group is, and when to ask for it. */
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
    String self = "/api/v1/task-groups/" + group.groupId();
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
