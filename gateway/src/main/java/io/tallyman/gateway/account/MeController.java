package io.tallyman.gateway.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.BearerTokens;
import io.tallyman.gateway.request.Api;

@Controller(Api.V1 + "/me")
@ExecuteOn(TaskExecutors.BLOCKING)
class MeController {
  private final UserClient users;

  MeController(UserClient users) {
    this.users = users;
  }

  /** The user whose token the request has. */
  @Get
  User show(HttpRequest<?> request) {
    return users.show(BearerTokens.sender(request).id());
  }
}
