package io.tallyman.gateway.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.Admission;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.access.BearerTokens;
import io.tallyman.gateway.request.Api;

/** The user whose token or session the request has. */
@Controller(Api.V1 + "/me")
@ExecuteOn(TaskExecutors.BLOCKING)
class MeController {
  private final UserClient users;

  MeController(UserClient users) {
    this.users = users;
  }

  @Get
  @AllowedFor(Access.KNOWN)
  User show(HttpRequest<?> request) {
    return users.show(BearerTokens.sender(request).id());
  }

  /** The answer has no body, and so no type. */
  @Put("/password")
  @AllowedFor(Access.LOGGED_IN)
  @Produces(MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  void changePassword(HttpRequest<?> request, @Body NewPassword password) {
    users.changePassword(
        BearerTokens.sender(request).id(),
        SentPassword.of(password, Admission.of(request).session()));
  }
}
