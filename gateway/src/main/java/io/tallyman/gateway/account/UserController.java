package io.tallyman.gateway.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.request.LinkedPage;
import io.tallyman.kit.patch.Change;
import java.net.URI;
import org.jspecify.annotations.Nullable;

@Controller(Api.V1 + "/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class UserController {
  private final UserClient users;
  private final UserReads reads;

  UserController(UserClient users, UserReads reads) {
    this.users = users;
    this.reads = reads;
  }

  @Post
  @AllowedFor(Access.ADMIN)
  HttpResponse<User> add(@Body NewUser user) {
    User added = users.add(user);
    return HttpResponse.created(added, URI.create(Api.V1 + "/users/" + added.id()));
  }

  /**
   * @param ids if given, the answer is {@link ChosenUsers} instead of a page
   */
  @Get
  @AllowedFor(Access.VIEWER)
  HttpResponse<?> list(
      @Nullable @QueryValue String ids,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor,
      HttpRequest<?> request) {
    if (ids != null) {
      return HttpResponse.ok(users.chosen(ids, limit, cursor));
    }
    return LinkedPage.of(users.list(limit, cursor), request);
  }

  @Get("/{id}")
  @AllowedFor(Access.VIEWER)
  User show(long id) {
    return reads.read(id);
  }

  @Post("/{id}/sealed-profile")
  @AllowedFor(Access.ADMIN)
  SealedProfile sealedProfile(long id) {
    return users.sealedProfile(id);
  }

  @Patch("/{id}")
  @AllowedFor(Access.ADMIN)
  @Consumes({MediaType.APPLICATION_JSON, Change.MERGE_PATCH})
  User change(long id, @Body ChangedUser change) {
    return users.change(id, change);
  }
}
