package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.RoleTokens;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts the stack with compose, as an operator does, and runs the walk of the README. From the
 * outer network only the gateway can be reached.
 */
@OnContainers
final class ComposeIT {
  private static final Path HOME = Path.of(System.getProperty("tallyman.home"));

  static final String SHEET_OF_THE_WALK =
      """
      date_billed,account_name,account_number,reference,payable,currency,total_issues\r
      2025-03-01,Ada & Co,,,120.00,GBP,1\r
      2025-03-01,Ada & Co,,,-20.00,GBP,1\r
      """;

  private static final Map<String, Integer> PORTS = Map.of("postgres", 5432, "rabbitmq", 5672);
  private static final List<String> INNER =
      List.of("postgres", "rabbitmq", "user-service", "billing-service", "worker");

  @TempDir private Path directory;

  @Test
  void walkOfTheReadmeGivesASheet() throws Exception {
    // Two builds of one image at the same time disturb each other, so this one finds all steps
    // done.
    assertThat(ServiceImages.IMAGES).isNotNull();
    Compose compose = Compose.ofThisBuild(directory);
    try {
      compose.run("up", "--detach", "--build", "--scale", "worker=3");
      URI address = URI.create("http://" + compose.run("port", "gateway", "8080").strip());
      RoleTokens tokens = new RoleTokens(() -> address, compose::adminPassword);
      Gateway gateway = new Gateway(() -> address, () -> tokens.token("admin"));
      await("the gateway and three workers are there")
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(() -> gateway.get("/api/v1/workers").body().get("data").size() == 3);

      Compose.Ended walk = Compose.end(List.of("bash", "-c", walk(address, tokens.token("admin"))));

      assertThat(walk.output()).contains("\"imported\":2").endsWith(SHEET_OF_THE_WALK);
      assertThat(walk.status()).isZero();
      assertThat(reach(compose, "gateway", "gateway").status()).isZero();
      for (String part : INNER) {
        assertThat(reach(compose, part, part).status()).as(part).isNotZero();
        String container = compose.run("ps", "--quiet", part).lines().findFirst().orElseThrow();
        assertThat(reach(compose, part, addressOf(container)).status()).as(part).isNotZero();
      }
    } finally {
      compose.run("down", "--volumes");
    }
  }

  @Test
  void nothingStartsWithoutItsSecrets() throws Exception {
    for (String secret : Compose.SECRETS) {
      Compose compose = Compose.ofThisBuild(directory);
      compose.settings().remove(secret);

      Compose.Ended ended = compose.end("config");

      assertThat(ended.status()).as(secret).isNotZero();
      assertThat(ended.output()).contains("set " + secret + " in deploy/.env");
    }
  }

  /** Connects to a part from a container that is in the outer network only. */
  private static Compose.Ended reach(Compose compose, String part, String host) throws Exception {
    int port = PORTS.getOrDefault(part, 8080);
    return Compose.end(
        List.of(
            "docker",
            "run",
            "--rm",
            "--network",
            compose.project() + "_outside",
            "--entrypoint",
            "timeout",
            "tallyman/gateway:" + Compose.VERSION,
            "3",
            "bash",
            "-c",
            ": </dev/tcp/%s/%d".formatted(host, port)));
  }

  private static String addressOf(String container) throws Exception {
    Compose.Ended found =
        Compose.end(
            List.of(
                "docker",
                "inspect",
                "--format",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                container));
    assertThat(found.output().strip()).matches("[0-9.]+");
    return found.output().strip();
  }

  private String walk(URI address, String token) {
    String commands = Document.read(HOME.resolve("README.md")).commands("A walk with curl");
    String usual = "gateway=http://127.0.0.1:8080\ntoken=$(./tallyman token)\n";
    assertThat(commands).startsWith(usual);
    return "set -eu; cd '%s'; gateway=%s\ntoken=%s\n".formatted(directory, address, token)
        + commands.substring(usual.length());
  }
}
