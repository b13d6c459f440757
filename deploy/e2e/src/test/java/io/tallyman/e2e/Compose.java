package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code deploy/compose.yaml} as a separate project, run with the compose command of this machine.
 *
 * @param settings the content of its {@code .env}
 */
record Compose(Path directory, String project, Map<String, String> settings) {
  static final List<String> SECRETS =
      List.of(
          "POSTGRES_PASSWORD",
          "USERS_PASSWORD",
          "BILLING_PASSWORD",
          "BROKER_BILLING_PASSWORD",
          "BROKER_WORKER_PASSWORD",
          "BROKER_GATEWAY_PASSWORD",
          "TALLYMAN_SECRETS_GATEWAY",
          "TALLYMAN_SECRETS_WORKER");

  /** Without these, compose starts too. */
  private static final List<String> OPTIONAL_SECRETS =
      List.of("USERS_OWNER_PASSWORD", "BILLING_OWNER_PASSWORD");

  private static final String ADMIN_PASSWORD = "TALLYMAN_ADMIN_PASSWORD";

  /** The tag of the images that tests build. */
  static final String VERSION = "e2e";

  private static final Path HOME = Path.of(System.getProperty("tallyman.home"));
  private static final List<List<String>> COMMANDS =
      List.of(List.of("docker", "compose"), List.of("docker-compose"));
  private static final long MINUTES = 8;

  /** With random secrets. The Docker engine chooses the port. */
  static Compose ofThisBuild(Path directory) {
    Map<String, String> settings = new HashMap<>();
    Stream.concat(SECRETS.stream(), OPTIONAL_SECRETS.stream())
        .forEach(secret -> settings.put(secret, UUID.randomUUID().toString()));
    settings.put(ADMIN_PASSWORD, UUID.randomUUID().toString());
    settings.put("TALLYMAN_ADDRESS", "127.0.0.1:");
    settings.put("TALLYMAN_VERSION", VERSION);
    return new Compose(directory, "tallyman-" + UUID.randomUUID(), settings);
  }

  /** The password of the user admin. */
  String adminPassword() {
    return settings.getOrDefault(ADMIN_PASSWORD, "");
  }

  /** Runs a command, which must succeed, and returns its output. */
  String run(String... arguments) throws IOException, InterruptedException {
    Ended ended = end(arguments);
    assertThat(ended.status()).as("%s", ended.output()).isZero();
    return ended.output();
  }

  /**
   * How a command ended.
   *
   * @param output standard output and standard error
   */
  record Ended(int status, String output) {}

  Ended end(String... arguments) throws IOException, InterruptedException {
    Path file = directory.resolve("settings.env");
    Files.writeString(
        file,
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining()));
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of("--project-name", project, "--env-file", file.toString()));
    command.addAll(List.of("--file", HOME.resolve("deploy/compose.yaml").toString()));
    command.addAll(List.of(arguments));
    return end(command);
  }

  private static List<String> command() throws IOException, InterruptedException {
    for (List<String> command : COMMANDS) {
      List<String> version = Stream.concat(command.stream(), Stream.of("version")).toList();
      if (end(version).status() == 0) {
        return command;
      }
    }
    throw new AssertionError("There is neither docker compose nor docker-compose.");
  }

  static Ended end(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      return new Ended(-1, missing.toString());
    }
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
