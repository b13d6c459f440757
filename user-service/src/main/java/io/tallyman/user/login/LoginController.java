package io.tallyman.user.login;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.credential.WithoutToken;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.user.account.StoredPassword;
import io.tallyman.user.token.ExchangedToken;
import jakarta.validation.Valid;
import java.util.function.BiFunction;

@WithoutToken
@Controller("/auth")
@ExecuteOn(TaskExecutors.BLOCKING)
class LoginController {
  private final LoginThrottle throttle;
  private final Credentials credentials;
  private final Logins logins;
  private final Sessions sessions;
  private final LoginAudit audit;

  LoginController(
      LoginThrottle throttle,
      Credentials credentials,
      Logins logins,
      Sessions sessions,
      LoginAudit audit) {
    this.throttle = throttle;
    this.credentials = credentials;
    this.logins = logins;
    this.sessions = sessions;
    this.audit = audit;
  }

  @Post("/login")
  IssuedTokens login(HttpRequest<?> request, @Body @Valid NewLogin login) {
    return begin(request, login, logins::begin);
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

  /** The login of a browser. */
  @Post("/sessions")
  NewSession beginSession(HttpRequest<?> request, @Body @Valid NewLogin login) {
    return begin(request, login, sessions::begin);
  }

  /** The gateway exchanges a session, because other services accept access tokens only. */
  @Post("/session-tokens")
  ExchangedToken exchange(@Body @Valid SentSession sent) {
    return sessions.exchange(sent.session());
  }

  /** Has no effect on a session that has ended. */
  @Post("/session-ends")
  @Status(HttpStatus.NO_CONTENT)
  void endSession(@Body @Valid SentSession sent) {
    sessions.end(sent.session());
  }

  private <T> T begin(
      HttpRequest<?> request, NewLogin login, BiFunction<StoredPassword, String, T> beginning) {
    String address = ClientAddress.told(request);
    StoredPassword checked =
        throttle
            .attempt(
                login.username(),
                address,
                () -> credentials.check(login.username(), login.password()))
            .orElseThrow(() -> failed(login.username()));
    return beginning.apply(checked, address);
  }

  private BadCredentials failed(String username) {
    audit.failed(username);
    return new BadCredentials();
  }
}
