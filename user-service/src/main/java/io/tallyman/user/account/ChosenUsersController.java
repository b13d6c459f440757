package io.tallyman.user.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Tells workers the names of users. */
@Controller("/internal/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class ChosenUsersController {
  private final UserList users;

  ChosenUsersController(UserList users) {
    this.users = users;
  }

  /** Like {@code GET /users?ids=1,2,3}. */
  @Get
  ChosenUsers choose(@QueryValue String ids, HttpRequest<?> request) {
    return users.chosen(ChosenIds.of(ids, request.getParameters()).ids());
  }
}
