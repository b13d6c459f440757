package io.tallyman.cli.command;

import static io.tallyman.cli.command.StubGateway.json;
import static io.tallyman.cli.command.StubGateway.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.cli.command.StubGateway.Answer;
import io.tallyman.cli.command.StubGateway.Asked;
import io.tallyman.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginCommandTest {
  private static final String LOGIN = "login --username ada --password-file -";
  private static final Answer NO_TASKS = json(200, "{\"data\": []}");

  private final TestShell shell = new TestShell();
  private final StubGateway gateway;

  @TempDir private Path directory;

  LoginCommandTest() throws IOException {
    gateway = new StubGateway().on("tasks", NO_TASKS);
    shell.set("TALLYMAN_URL", gateway.url());
  }

  @BeforeEach
  void keepLoginsHere() {
    shell.set("XDG_STATE_HOME", directory.toString());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void loginIsKeptForLaterCommandsOfItsUser() throws IOException {
    gateway.on("auth/login", tokens("first", 600));

    assertThat(run(LOGIN)).isZero();
    assertThat(run("tasks")).isZero();
    assertThat(run("token")).isZero();

    assertThat(gateway.asked().getFirst().body())
        .contains("\"username\":\"ada\"", "\"password\":\"a long and quiet word\"");
    assertThat(gateway.asked().getFirst().header("Authorization")).isEmpty();
    assertThat(last().header("Authorization")).isEqualTo("Bearer first");
    assertThat(shell.out()).endsWith("first\n");
    assertThat(shell.err()).doesNotContain("a long and quiet word", "first");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(file()).content().doesNotContain("a long and quiet word");
  }

  @Test
  void tokenIsRenewedBeforeItExpires() {
    gateway
        .on("auth/login", tokens("first", 30))
        .on("auth/refresh", tokens("second", 600), problem(401));

    run(LOGIN);
    run("tasks");
    assertThat(run("tasks")).isZero();

    assertThat(gateway.asked().get(1).body()).contains("\"refresh_token\":\"after first\"");
    assertThat(last().header("Authorization")).isEqualTo("Bearer second");
  }

  @Test
  void loginThatHasEndedIsToldAndForgotten() {
    gateway.on("auth/login", tokens("first", 30)).on("auth/refresh", problem(401));

    run(LOGIN);

    assertThat(run("tasks")).isEqualTo(ExitCode.REJECTED);
    assertThat(shell.err())
        .endsWith("tallyman: The login at %s has ended. Log in again.\n".formatted(gateway.url()));
    assertThat(run("token")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).endsWith("First log in with ./tallyman login.\n");
  }

  @Test
  void loginIsKeptWhileTheGatewayCannotRenewIt() {
    gateway
        .on("auth/login", tokens("first", 30))
        .on("auth/refresh", problem(503), tokens("second", 600));

    run(LOGIN);

    assertThat(run("tasks")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(run("tasks")).isZero();
  }

  @Test
  void logoutEndsTheLoginAtTheGatewayToo() {
    gateway
        .on("auth/login", tokens("first", 600))
        .on("auth/logout", exchange -> exchange.sendResponseHeaders(204, -1));

    run(LOGIN);

    assertThat(run("logout")).isZero();
    assertThat(last().body()).contains("\"refresh_token\":\"after first\"");
    assertThat(run("token")).isEqualTo(ExitCode.USAGE);
    assertThat(run("logout")).isZero();
    assertThat(shell.err()).endsWith("You were not logged in.\n");
  }

  @Test
  void eachGatewayHasALoginOfItsOwn() throws IOException {
    gateway.on("auth/login", tokens("first", 600));
    run(LOGIN);
    try (StubGateway other = new StubGateway().on("tasks", NO_TASKS)) {
      run("tasks --url " + other.url());

      assertThat(other.asked().getLast().header("Authorization")).isEmpty();
    }
  }

  @Test
  void tokenOfTheEnvironmentHasPrecedence() {
    gateway.on("auth/login", tokens("first", 600));
    run(LOGIN);
    shell.set("TALLYMAN_TOKEN", "given");

    run("tasks");

    assertThat(last().header("Authorization")).isEqualTo("Bearer given");
  }

  @Test
  void wrongPasswordKeepsNothing() {
    gateway.on("auth/login", problem(401));

    assertThat(run(LOGIN)).isEqualTo(ExitCode.REJECTED);
    assertThat(file()).doesNotExist();
  }

  @Test
  void fileThatCannotBeReadIsTold() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{");

    assertThat(run("tasks")).isEqualTo(ExitCode.BAD_FILE);
    assertThat(shell.err()).contains(file().toString(), "log in again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login",
        "login --username ada",
        "login --password-file -",
        "login --username ada --password-file /no/such/file",
        "token"
      })
  void wrongUseAsksNobody(String line) {
    assertThat(run(line)).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).startsWith("tallyman: ");
    assertThat(gateway.asked()).isEmpty();
  }

  private int run(String line) {
    return shell.run(line, "a long and quiet word\n", false);
  }

  private Asked last() {
    return gateway.asked().getLast();
  }

  private Path file() {
    return directory.resolve("tallyman").resolve("logins.json");
  }

  private static Answer tokens(String accessToken, int seconds) {
    return json(
        200,
        """
        {"access_token": "%1$s", "token_type": "Bearer", "expires_in": %2$d,
         "refresh_token": "after %1$s"}
        """
            .formatted(accessToken, seconds));
  }
}
