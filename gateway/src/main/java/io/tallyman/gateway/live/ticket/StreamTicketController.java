package io.tallyman.gateway.live.ticket;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.Admission;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.access.BearerTokens;
import io.tallyman.gateway.access.NewStreamTicket;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.security.TokenPrincipal;

/** A ticket for one live stream of the sender. */
@Controller(Api.V1 + "/stream-tickets")
@AllowedFor(Access.KNOWN)
@ExecuteOn(TaskExecutors.BLOCKING)
class StreamTicketController {
  private final UserService userService;

  StreamTicketController(UserService userService) {
    this.userService = userService;
  }

  @Client(id = Services.USER, path = "/users")
  interface UserService {
    @Post("/{userId}/stream-tickets")
    JsonNode make(long userId, @Body NewStreamTicket ticket);
  }

  @Post
  HttpResponse<JsonNode> make(HttpRequest<?> request) {
    TokenPrincipal sender = BearerTokens.sender(request);
    return HttpResponse.created(userService.make(sender.id(), Admission.of(request).ticket()));
  }
}
