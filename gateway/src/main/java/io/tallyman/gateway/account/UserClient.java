package io.tallyman.gateway.account;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.page.Page;
import org.jspecify.annotations.Nullable;

/** The users of user-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.USER, path = "/users")
public interface UserClient {
  @Post
  User add(@Body NewUser user);

  @Get
  Page<User> list(@Nullable @QueryValue String limit, @Nullable @QueryValue String cursor);

  @Get
  ChosenUsers chosen(
      @QueryValue String ids,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor);

  @Get("/{id}")
  User show(long id);

  @Post("/{id}/sealed-profile")
  SealedProfile sealedProfile(long id);

  @Patch("/{id}")
  User change(long id, @Body ChangedUser change);

  @Put("/{id}/password")
  void changePassword(long id, @Body SentPassword password);
}
