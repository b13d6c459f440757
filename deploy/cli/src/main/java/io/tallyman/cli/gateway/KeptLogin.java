package io.tallyman.cli.gateway;

import io.tallyman.cli.gateway.LoginFile.Login;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The login at one gateway that {@code ./tallyman login} keeps, so that later commands need no
 * password. Its access token is renewed before it expires. A refresh token can be used once, so
 * commands that run at the same time renew the token one after the other.
 */
public final class KeptLogin implements Supplier<Optional<String>> {
  /** A token with less time left is renewed first. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final URI address;
  private final Map<String, String> environment;
  private final LoginFile file;

  KeptLogin(URI address, Map<String, String> environment) {
    this.address = address;
    this.environment = environment;
    this.file = new LoginFile(environment);
  }

  boolean exists() {
    return file.read(address).isPresent();
  }

  /** Logs in, and replaces the login that was kept before. */
  public void begin(String username, String password) {
    JsonNode tokens =
        gateway().post("auth/login", Map.of("username", username, "password", password));
    file.locked(() -> keep(username, tokens));
  }

  /**
   * Logs out. The access token is valid until it expires, after some minutes.
   *
   * @return whether there was a login
   */
  public boolean end() {
    return file.locked(
        () -> {
          Optional<Login> login = file.read(address);
          login.ifPresent(this::end);
          return login.isPresent();
        });
  }

  /** The access token. Empty if no login is kept. */
  @Override
  public Optional<String> get() {
    Optional<Login> login = file.read(address);
    if (login.isPresent() && isOld(login.get())) {
      login = file.locked(() -> file.read(address).map(this::renewed));
    }
    return login.map(Login::accessToken);
  }

  /** Another command may have renewed it in the meantime. */
  private Login renewed(Login login) {
    if (!isOld(login)) {
      return login;
    }
    try {
      return keep(
          login.username(),
          gateway().post("auth/refresh", Map.of("refresh_token", login.refreshToken())));
    } catch (Rejected ended) {
      if (!ended.isUnauthenticated()) {
        throw ended;
      }
      file.forget(address);
      throw new CommandFailure(
          ExitCode.REJECTED, "The login at %s has ended. Log in again.".formatted(address));
    }
  }

  private void end(Login login) {
    try {
      gateway().post("auth/logout", Map.of("refresh_token", login.refreshToken()));
    } catch (Rejected unknown) {
      if (!unknown.isUnauthenticated()) {
        throw unknown;
      }
    }
    file.forget(address);
  }

  private Login keep(String username, JsonNode tokens) {
    Login login =
        new Login(
            username,
            tokens.path("access_token").asString(""),
            Instant.now().plusSeconds(tokens.path("expires_in").asLong(0)),
            tokens.path("refresh_token").asString(""));
    file.keep(address, login);
    return login;
  }

  /** Only made when it is needed: most commands find a token that is still valid. */
  private Gateway gateway() {
    return new Gateway(address, environment, Optional::empty);
  }

  private static boolean isOld(Login login) {
    return Instant.now().plus(MARGIN).isAfter(login.expires());
  }
}
