package io.tallyman.gateway.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.NotAuthenticated;
import io.tallyman.gateway.request.Api;
import io.tallyman.kit.security.TokenPrincipal;

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
    TokenPrincipal sender = TokenPrincipal.of(request).orElseThrow(NotAuthenticated::new);
    return users.show(Long.parseLong(sender.name()));
  }
}
