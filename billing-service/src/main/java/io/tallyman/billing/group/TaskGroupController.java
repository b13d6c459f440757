package io.tallyman.billing.group;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.idempotency.KeptAnswers;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;

@Controller("/task-groups")
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskGroupController {
  private final TaskGroups groups;
  private final KeptAnswers answers;

  TaskGroupController(TaskGroups groups, KeptAnswers answers) {
    this.groups = groups;
    this.answers = answers;
  }

  @Post
  HttpResponse<?> submit(HttpRequest<?> request, @Body @Valid NewTaskGroup group) {
    return answers.once(request, group, () -> accepted(groups.submit(group)));
  }

  @Get("/{id}")
  TaskGroup show(UUID id) {
    return groups.find(id);
  }

  @Post("/{id}/cancel")
  @Status(HttpStatus.ACCEPTED)
  TaskGroup cancel(UUID id) {
    return groups.cancel(id);
  }

  private static HttpResponse<TaskGroup> accepted(TaskGroup group) {
    return HttpResponse.<TaskGroup>accepted(URI.create("/task-groups/" + group.groupId()))
        .body(group);
  }
}
