package io.tallyman.cli.command;

import static io.tallyman.cli.command.StubGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with a certificate of an authority that Java does not know. */
final class SecureGatewayTest {
  private static final String CA = "TALLYMAN_TLS_CA";
  private static final String NO_TASKS = "{\"data\": []}";
  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final TestAuthority OTHER = new TestAuthority();

  private final TestShell shell = new TestShell();
  private final StubGateway gateway;

  @TempDir private Path directory;

  SecureGatewayTest() throws IOException {
    gateway = StubGateway.secure(AUTHORITY.issue("gateway", "127.0.0.1").context());
    gateway.on("tasks", json(200, NO_TASKS));
    shell.set("TALLYMAN_URL", gateway.url());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void gatewayOfTheConfiguredAuthorityIsAsked() {
    shell.set(CA, AUTHORITY.certificate().toString());

    assertThat(shell.run("tasks")).isZero();
    assertThat(gateway.asked()).hasSize(1);
  }

  @Test
  void loginNeedsTheAuthorityToo() {
    gateway.on(
        "auth/login",
        json(200, "{\"access_token\": \"a\", \"expires_in\": 600, \"refresh_token\": \"r\"}"));
    shell.set("XDG_STATE_HOME", directory.toString());
    String login = "login --username ada --password-file -";

    assertThat(shell.run(login, "a long and quiet word\n", false)).isEqualTo(ExitCode.USAGE);
    assertThat(gateway.asked()).isEmpty();

    shell.set(CA, AUTHORITY.certificate().toString());
    assertThat(shell.run(login, "a long and quiet word\n", false)).isZero();
  }

  @Test
  void fileMayHaveSeveralCertificatesAndTextAroundThem() throws IOException {
    String one = Files.readString(OTHER.certificate());
    String two = Files.readString(AUTHORITY.certificate());
    shell.set(CA, file("# Erst\n%s\n# Zweit\n%s\n".formatted(one, two)));

    assertThat(shell.run("tasks")).isZero();
  }

  @Test
  void certificateOfAnotherAuthorityIsRefusedOnceAndTheSettingIsNamed() {
    String refusal =
        "tallyman: The certificate of %s is from an authority that is not trusted. Set %s to a file with the certificate of this authority, in PEM format.\n"
            .formatted(gateway.url(), CA);

    assertThat(shell.run("tasks")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).isEqualTo(refusal);

    shell.set(CA, OTHER.certificate().toString());
    assertThat(shell.run("tasks")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).isEqualTo(refusal + refusal);
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void certificateForAnotherHostIsRefused() throws IOException {
    shell.set(CA, AUTHORITY.certificate().toString());
    try (StubGateway other =
        StubGateway.secure(AUTHORITY.issue("other", "gateway.example").context())) {
      assertThat(shell.run("tasks --url " + other.url())).isEqualTo(ExitCode.USAGE);
      assertThat(other.asked()).isEmpty();
      assertThat(shell.err())
          .contains(
              "The certificate of " + other.url() + " was refused (",
              "the host name in the address");
    }
  }

  @Test
  void missingFileIsNamed() {
    shell.set(CA, "/no/such/file");

    assertThat(shell.run("tasks")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err())
        .isEqualTo("tallyman: %s: the file /no/such/file cannot be read.\n".formatted(CA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM",
        "-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n"
      })
  void fileWithoutCertificatesIsNamed(String content) throws IOException {
    String file = file(content);
    shell.set(CA, file);

    assertThat(shell.run("tasks")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err())
        .isEqualTo(
            "tallyman: %s: the file %s must have certificates in PEM format.\n"
                .formatted(CA, file));
  }

  @Test
  void plainHttpNeedsNoFile() throws IOException {
    shell.set(CA, "/no/such/file");
    try (StubGateway plain = new StubGateway().on("tasks", json(200, NO_TASKS))) {
      assertThat(shell.run("tasks --url " + plain.url())).isZero();
    }
  }

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("ca.pem"), content).toString();
  }
}
