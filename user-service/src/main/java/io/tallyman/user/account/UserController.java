package io.tallyman.user.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.idempotency.KeptAnswers;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.user.password.PasswordHashing;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;

@Controller("/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class UserController {
  private final Users users;
  private final UserList list;
  private final UserChanges changes;
  private final PasswordHashing hashing;
  private final KeptAnswers answers;

  UserController(
      Users users,
      UserList list,
      UserChanges changes,
      PasswordHashing hashing,
      KeptAnswers answers) {
    this.users = users;
    this.list = list;
    this.changes = changes;
    this.hashing = hashing;
    this.answers = answers;
  }

  @Post
  HttpResponse<?> add(HttpRequest<?> request, @Body @Valid NewUser user) {
    RequestWithPassword hashed = new RequestWithPassword(user, hashing);
    return answers.replay(request, hashed).orElseGet(() -> add(request, user, hashed));
  }

  /**
   * @param ids if given, the answer is {@link ChosenUsers} instead of a page
   */
  @Get
  Object list(HttpRequest<?> request, @Nullable @QueryValue String ids, PageRequest page) {
    return ids == null
        ? list.page(page)
        : list.chosen(ChosenIds.of(ids, request.getParameters()).ids());
  }

  @Get("/{id}")
  User show(long id) {
    return users.findById(id).orElseThrow(() -> new UnknownUser(id));
  }

  @Patch("/{id}")
  User change(long id, @Body ChangedUser change) {
    return changes.change(id, change);
  }

  private HttpResponse<?> add(HttpRequest<?> request, NewUser user, RequestWithPassword hashed) {
    String passwordHash = hashed.passwordHash();
    return answers.once(
        request,
        hashed,
        () -> {
          User added = changes.add(user, passwordHash);
          return HttpResponse.created(added, URI.create("/users/" + added.id()));
        });
  }
}
