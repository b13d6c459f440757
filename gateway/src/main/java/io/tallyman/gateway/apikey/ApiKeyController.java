package io.tallyman.gateway.apikey;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.security.TokenPrincipal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API keys of the user who sends the request. */
@Controller(Api.V1 + "/api-keys")
@AllowedFor(Access.KNOWN)
@ExecuteOn(TaskExecutors.BLOCKING)
class ApiKeyController {
  private final UserService userService;

  ApiKeyController(UserService userService) {
    this.userService = userService;
  }

  @Client(id = Services.USER, path = "/users")
  interface UserService {
    @Get("/{userId}/api-keys")
    JsonNode list(long userId);

    @Post("/{userId}/api-keys")
    JsonNode make(long userId, @Body NewApiKey key);

    @Delete("/{userId}/api-keys/{id}")
    void delete(long userId, long id);
  }

  @Get
  JsonNode list(HttpRequest<?> request) {
    return userService.list(BearerTokens.sender(request).id());
  }

  /** A key has no role that the sender does not have, so a key cannot make a stronger one. */
  @Post
  HttpResponse<JsonNode> make(HttpRequest<?> request, @Body NewApiKey key) {
    TokenPrincipal sender = BearerTokens.sender(request);
    if (key.scopes() != null && !key.scopes().stream().allMatch(role -> mayGive(sender, role))) {
      throw new InvalidFields(
          List.of(new FieldError("/scopes", "has a role that you do not have")));
    }
    return HttpResponse.created(userService.make(sender.id(), key));
  }

  /** An admin may do everything. User-service refuses roles that do not exist. */
  private static boolean mayGive(TokenPrincipal sender, @Nullable String role) {
    return role != null && (sender.roles().contains("admin") || sender.roles().contains(role));
  }

  /** The answer has no body, and so no type. */
  @Delete("/{id}")
  @Produces(MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  void delete(HttpRequest<?> request, long id) {
    userService.delete(BearerTokens.sender(request).id(), id);
  }
}
