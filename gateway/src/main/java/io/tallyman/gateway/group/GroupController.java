package io.tallyman.gateway.group;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import java.util.UUID;

@Controller(Api.V1 + "/task-groups")
@ExecuteOn(TaskExecutors.BLOCKING)
class GroupController {
  private final GroupClient groups;

  GroupController(GroupClient groups) {
    this.groups = groups;
  }

  @Post
  @AllowedFor(Access.CLERK)
  HttpResponse<LinkedGroup> submit(@Body NewGroup group) {
    return LinkedGroup.accepted(groups.submit(group));
  }

  @Get("/{id}")
  @AllowedFor(Access.VIEWER)
  HttpResponse<LinkedGroup> show(UUID id) {
    return LinkedGroup.shown(groups.show(id));
  }

  @Post("/{id}/cancel")
  @AllowedFor(Access.CLERK)
  HttpResponse<LinkedGroup> cancel(UUID id) {
    return LinkedGroup.accepted(groups.cancel(id));
  }
}
