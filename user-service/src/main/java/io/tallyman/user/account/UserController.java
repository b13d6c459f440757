package io.tallyman.user.account;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import java.net.URI;

@Controller("/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class UserController {
  private final Users users;
  private final PasswordHashing hashing;

  UserController(Users users, PasswordHashing hashing) {
    this.users = users;
    this.hashing = hashing;
  }

  @Post
  HttpResponse<User> add(@Body @Valid NewUser user) {
    User added = users.add(user, hashing.hash(user.password()));
    return HttpResponse.created(added, URI.create("/users/" + added.id()));
  }

  @Get("/{id}")
  User show(long id) {
    return users.find(id).orElseThrow(() -> new UnknownUser(id));
  }
}
