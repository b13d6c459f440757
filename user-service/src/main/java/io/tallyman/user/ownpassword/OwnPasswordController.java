package io.tallyman.user.ownpassword;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.security.ClientAddress;
import jakarta.validation.Valid;

/** The gateway lets users change their own passwords only, and none with an API key. */
@Controller("/users/{id}/password")
@ExecuteOn(TaskExecutors.BLOCKING)
class OwnPasswordController {
  private final OwnPasswords passwords;

  OwnPasswordController(OwnPasswords passwords) {
    this.passwords = passwords;
  }

  @Put
  @Status(HttpStatus.NO_CONTENT)
  void change(HttpRequest<?> request, long id, @Body @Valid NewPassword password) {
    passwords.change(id, password, ClientAddress.told(request));
  }
}
