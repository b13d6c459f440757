package io.tallyman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of a user for each role, for clients of one gateway. Logs in when a role is needed,
 * and again after five minutes. If that fails, because services are away, it goes on with the old
 * token as long as that is valid. Thread-safe.
 */
public final class RoleTokens {
  private static final String ADMIN = "admin";
  private static final Duration VALID = Duration.ofMinutes(10);
  private static final Duration RENEWED_AFTER = Duration.ofMinutes(5);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_LOGIN = Duration.ofMinutes(1);
  private static final Duration BETWEEN_FIRST_TRIES = Duration.ofMillis(500);
  private static final int UNAVAILABLE = 503;
  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Supplier<URI> gateway;
  private final Supplier<String> adminPassword;
  private final Map<String, Login> logins = new ConcurrentHashMap<>();

  /**
   * @param gateway the address, which is requested again for each login
   * @param adminPassword of the user admin
   */
  public RoleTokens(Supplier<URI> gateway, Supplier<String> adminPassword) {
    this.gateway = gateway;
    this.adminPassword = adminPassword;
  }

  /**
   * An access token, which is valid for some minutes. For {@code admin} it is that of the user
   * admin, for each other role that of a user who is added for it.
   *
   * @param role {@code viewer}, {@code clerk} or {@code admin}
   * @throws UncheckedIOException if the gateway does not answer
   * @throws IllegalStateException with its answer, if the login is refused
   */
  public String token(String role) {
    return logins.computeIfAbsent(role, Login::new).token();
  }

  /** The request may be repeated: nothing was done. */
  private static final class Unavailable extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Unavailable(String refusal) {
      super(refusal);
    }
  }

  /** One user, who is added before the first login. */
  private final class Login {
    private final String role;
    private final String username;
    private final String password = UUID.randomUUID().toString();
    private boolean added;
    private volatile @Nullable Issued issued;

    private record Issued(String token, long since, long renewal) {}

    private Login(String role) {
      this.role = role;
      username = role.equals(ADMIN) ? ADMIN : "test-" + role + "-" + password.substring(0, 8);
      added = role.equals(ADMIN);
    }

    private String token() {
      Issued last = issued;
      return last != null && System.nanoTime() < last.renewal() ? last.token() : renewed();
    }

    private synchronized String renewed() {
      Issued last = issued;
      long now = System.nanoTime();
      if (last != null && now < last.renewal()) {
        return last.token();
      }
      Issued next;
      try {
        String token = last == null ? firstLogIn() : logIn();
        next = new Issued(token, now, now + RENEWED_AFTER.toNanos());
      } catch (UncheckedIOException | IllegalStateException away) {
        if (last == null || now - last.since() > VALID.toNanos()) {
          throw away;
        }
        next = new Issued(last.token(), last.since(), now + BETWEEN_TRIES.toNanos());
      }
      issued = next;
      return next.token();
    }

    /** A test may begin while user-service starts again. Then the login is tried for a minute. */
    private String firstLogIn() {
      long deadline = System.nanoTime() + FIRST_LOGIN.toNanos();
      while (true) {
        try {
          return logIn();
        } catch (Unavailable away) {
          if (System.nanoTime() > deadline) {
            throw away;
          }
          LockSupport.parkNanos(BETWEEN_FIRST_TRIES.toNanos());
        }
      }
    }

    private String logIn() {
      if (!added) {
        add();
        added = true;
      }
      String secret = role.equals(ADMIN) ? adminPassword.get() : password;
      String answer =
          post(
              "/api/v1/auth/login",
              request -> request,
              200,
              "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, secret));
      Matcher token = TOKEN.matcher(answer);
      if (!token.find()) {
        throw new IllegalStateException("The answer to the login has no access token.");
      }
      return token.group(1);
    }

    private void add() {
      String authorization = "Bearer " + RoleTokens.this.token(ADMIN);
      String user =
          "{\"name\":\"Test\",\"email\":\"%1$s@example.org\",\"username\":\"%1$s\",\"password\":\"%2$s\",\"roles\":[\"%3$s\"]}";
      post(
          "/api/v1/users",
          request -> request.header("Authorization", authorization),
          201,
          user.formatted(username, password, role));
    }
  }

  private String post(
      String path, UnaryOperator<HttpRequest.Builder> more, int expected, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.get().resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    try {
      HttpResponse<String> answer =
          client.send(more.apply(request).build(), BodyHandlers.ofString());
      if (answer.statusCode() != expected) {
        String refusal = "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body());
        throw answer.statusCode() == UNAVAILABLE
            ? new Unavailable(refusal)
            : new IllegalStateException(refusal);
      }
      return answer.body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }
}
