package io.tallyman.user.login;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.user.account.User;
import jakarta.validation.Valid;
import java.util.Optional;

@Controller("/auth")
@ExecuteOn(TaskExecutors.BLOCKING)
class LoginController {
  private final LoginThrottle throttle;
  private final Credentials credentials;
  private final Logins logins;

  LoginController(LoginThrottle throttle, Credentials credentials, Logins logins) {
    this.throttle = throttle;
    this.credentials = credentials;
    this.logins = logins;
  }

  @Post("/login")
  IssuedTokens login(HttpRequest<?> request, @Body @Valid NewLogin login) {
    String address = ClientAddress.told(request);
    throttle.begin(login.username(), address);
    boolean failed = false;
    try {
      Optional<User> user = credentials.check(login.username(), login.password());
      failed = user.isEmpty();
      return logins.begin(user.orElseThrow(BadCredentials::new), address);
    } finally {
      if (!failed) {
        throttle.giveBack(login.username(), address);
      }
    }
  }

  @Post("/refresh")
  IssuedTokens refresh(@Body @Valid SentRefreshToken token) {
    return logins.refresh(token.refreshToken());
  }

  @Post("/logout")
  @Status(HttpStatus.NO_CONTENT)
  void logout(@Body @Valid SentRefreshToken token) {
    logins.end(token.refreshToken());
  }
}
