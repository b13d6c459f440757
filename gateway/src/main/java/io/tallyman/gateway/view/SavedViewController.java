package io.tallyman.gateway.view;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.access.BearerTokens;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.upstream.Services;

/** The saved views of the user who sends the request. */
@Controller(Api.V1 + "/views")
@AllowedFor(Access.KNOWN)
@ExecuteOn(TaskExecutors.BLOCKING)
class SavedViewController {
  private final UserService userService;

  SavedViewController(UserService userService) {
    this.userService = userService;
  }

  @Client(id = Services.USER, path = "/users")
  interface UserService {
    @Get("/{userId}/views")
    JsonNode list(long userId);

    @Post("/{userId}/views")
    JsonNode save(long userId, @Body NewSavedView view);

    @Delete("/{userId}/views/{id}")
    void delete(long userId, long id);
  }

  @Get
  JsonNode list(HttpRequest<?> request) {
    return userService.list(BearerTokens.sender(request).id());
  }

  /** Adds the view, or replaces the one with its name. */
  @Post
  JsonNode save(HttpRequest<?> request, @Body NewSavedView view) {
    return userService.save(BearerTokens.sender(request).id(), view);
  }

  /** The answer has no body, and so no type. */
  @Delete("/{id}")
  @Produces(MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  void delete(HttpRequest<?> request, long id) {
    userService.delete(BearerTokens.sender(request).id(), id);
  }
}
