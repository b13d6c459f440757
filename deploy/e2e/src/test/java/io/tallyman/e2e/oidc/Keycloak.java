package io.tallyman.e2e.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A real Keycloak, with the realm in {@code realm.json}, at an address that is free. */
final class Keycloak implements AutoCloseable {
  static final String CLIENT = "tallyman";
  static final String SECRET = "the-secret-of-the-client";

  /** Of all users of the realm. */
  static final String PASSWORD = "a quiet word";

  private static final Path ZIP = Path.of("target/keycloak/keycloak-quarkus-dist.zip");
  private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://[0-9.]+:[0-9]+)");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final String address;

  private Keycloak(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static Keycloak start() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "keycloak-");
      Path home = unpacked(directory);
      Path realms = Files.createDirectories(home.resolve("data/import"));
      try (InputStream realm = Keycloak.class.getResourceAsStream("realm.json")) {
        assertThat(realm).isNotNull();
        Files.copy(realm, realms.resolve("realm.json"));
      }
      Path log = directory.resolve("log");
      ProcessBuilder start =
          new ProcessBuilder(
                  "bash",
                  home.resolve("bin/kc.sh").toString(),
                  "start-dev",
                  "--import-realm",
                  "--cache=local",
                  "--http-host=127.0.0.1",
                  "--http-port=0")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      start.environment().remove("JDK_JAVA_OPTIONS");
      start.environment().put("JAVA_HOME", System.getProperty("java.home"));
      start.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m");
      Process process = start.start();
      String address =
          await("start of Keycloak")
              .atMost(PATIENCE)
              .until(
                  () -> {
                    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                    Matcher listening = ADDRESS.matcher(Files.readString(log));
                    return listening.find() ? listening.group(1) : "";
                  },
                  found -> !found.isEmpty());
      return new Keycloak(process, address);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String address() {
    return address;
  }

  String issuer() {
    return address + "/realms/tally";
  }

  private static Path unpacked(Path directory) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
    try (Stream<Path> found = Files.list(directory)) {
      return found.toList().getFirst();
    }
  }

  /** The script starts the server as another process. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
