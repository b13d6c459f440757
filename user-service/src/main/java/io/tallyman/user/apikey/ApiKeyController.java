package io.tallyman.user.apikey;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.Valid;
import java.net.URI;

@Controller("/users/{userId}/api-keys")
@ExecuteOn(TaskExecutors.BLOCKING)
class ApiKeyController {
  private final ApiKeys keys;
  private final ApiKeyRows rows;

  ApiKeyController(ApiKeys keys, ApiKeyRows rows) {
    this.keys = keys;
    this.rows = rows;
  }

  @Get
  ApiKeyList list(long userId) {
    return new ApiKeyList(rows.of(userId));
  }

  @Post
  HttpResponse<MadeApiKey> make(long userId, @Body @Valid NewApiKey key) {
    MadeApiKey made = keys.make(userId, key);
    return HttpResponse.created(made, URI.create("/users/" + userId + "/api-keys/" + made.id()));
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void delete(long userId, long id) {
    keys.delete(userId, id);
  }
}
