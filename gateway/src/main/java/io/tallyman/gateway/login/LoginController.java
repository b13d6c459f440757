package io.tallyman.gateway.login;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.access.BearerTokens;

@Controller(BearerTokens.LOGIN)
@AllowedFor(Access.PUBLIC)
@ExecuteOn(TaskExecutors.BLOCKING)
class LoginController {
  private final LoginClient logins;

  LoginController(LoginClient logins) {
    this.logins = logins;
  }

  @Post("/login")
  IssuedTokens login(@Body NewLogin login) {
    return logins.login(login);
  }

  @Post("/refresh")
  IssuedTokens refresh(@Body SentRefreshToken token) {
    return logins.refresh(token);
  }

  /** The answer has no body, and so no type. */
  @Post("/logout")
  @Produces(MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  void logout(@Body SentRefreshToken token) {
    logins.logout(token);
  }
}
