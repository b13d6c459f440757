package io.tallyman.user.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.idempotency.KeptAnswers;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import jakarta.validation.Valid;
import java.net.URI;

@Controller("/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class UserController {
  private final Users users;
  private final UserList list;
  private final PasswordHashing hashing;
  private final KeptAnswers answers;

  UserController(Users users, UserList list, PasswordHashing hashing, KeptAnswers answers) {
    this.users = users;
    this.list = list;
    this.hashing = hashing;
    this.answers = answers;
  }

  @Post
  HttpResponse<?> add(HttpRequest<?> request, @Body @Valid NewUser user) {
    return answers.once(
        request,
        new HashedRequest(user, hashing),
        transaction -> {
          User added = users.add(transaction, user, hashing.hash(user.password()));
          return HttpResponse.created(added, URI.create("/users/" + added.id()));
        });
  }

  @Get
  Page<User> list(PageRequest page) {
    return list.page(page);
  }

  @Get("/{id}")
  User show(long id) {
    return users.find(id).orElseThrow(() -> new UnknownUser(id));
  }
}
