package io.tallyman.gateway.task;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task, as clients see it: the answer of billing-service, and {@code links}. */
@Serdeable
public record LinkedTask(@JsonUnwrapped Task told, Links links) {
  private static final Logger LOG = LoggerFactory.getLogger(LinkedTask.class);
  private static final String POLL_SECONDS = "1";

  /** The answer 202, with the address of the task and when to poll it. Logs the new task. */
  public static HttpResponse<LinkedTask> accepted(Task task) {
    LOG.info("Task {} {} is {}", task.taskId(), task.task(), task.status());
    return located(task);
  }

  /** The answer to a submission that has waited: 200 if the task has ended, else 202. */
  public static MutableHttpResponse<LinkedTask> waited(Task task) {
    return task.status().isEnd()
        ? shown(task).header(HttpHeaders.LOCATION, Links.of(task).self())
        : located(task);
  }

  /** The answer 200. */
  public static MutableHttpResponse<LinkedTask> shown(Task task) {
    return polled(task, HttpResponse.ok(of(task)));
  }

  /** The task in a list or a group. */
  public static LinkedTask of(Task task) {
    return new LinkedTask(task, Links.of(task));
  }

  private static MutableHttpResponse<LinkedTask> located(Task task) {
    LinkedTask linked = of(task);
    return polled(
        task, HttpResponse.<LinkedTask>accepted(URI.create(linked.links().self())).body(linked));
  }

  private static MutableHttpResponse<LinkedTask> polled(
      Task task, MutableHttpResponse<LinkedTask> answer) {
    return task.status().isEnd() ? answer : answer.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
  }
}
