package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients are generated from the contract that the gateway serves. They compile, and the walks in
 * {@code src/clients} work with them.
 */
@OnSharedStack
final class GeneratedClientsIT {
  private static final Path WALKS = Path.of("src", "clients").toAbsolutePath();

  /** Maven copies the generator and the libraries of the Java client into this directory. */
  private static final Path CLIENTS = Path.of("target", "clients").toAbsolutePath();

  private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");
  private static final long MOST_MINUTES = 3;

  private final String gateway = RunningStack.SHARED.get().gateway().toString();
  private final String token = RunningStack.SHARED.get().token("admin");

  @Test
  void javaClientWalks(@TempDir Path directory) throws Exception {
    Path generator = CLIENTS.resolve("generator/openapi-generator-cli.jar");
    run(
        directory,
        List.of(
            JDK.resolve("java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            generator.toString(),
            "generate",
            "--generator-name=java",
            "--library=native",
            "--input-spec=" + gateway + "/openapi.yaml",
            "--additional-properties=useJakartaEe=true,useSingleRequestParameter=true"
                + ",invokerPackage=client,apiPackage=client.api,modelPackage=client.model",
            "--global-property=models,apis,supportingFiles"
                + ",modelDocs=false,apiDocs=false,modelTests=false,apiTests=false",
            "--output=."));
    String libraries = CLIENTS.resolve("lib") + "/*";
    Path sources = Files.write(directory.resolve("sources"), sources(directory));
    run(
        directory,
        List.of(
            JDK.resolve("javac").toString(),
            "-J-XX:TieredStopAtLevel=1",
            "-nowarn",
            "-proc:none",
            "-d",
            "classes",
            "-cp",
            libraries,
            "@" + sources));

    String output =
        run(
            directory,
            List.of(
                JDK.resolve("java").toString(),
                "-cp",
                "classes:" + libraries,
                "Walk",
                gateway,
                token));

    assertThat(output)
        .containsSubsequence(
            "imported 2 of 2",
            "sheet of 2025-03-02 with ",
            " rows in GBP",
            "digest is the same: true",
            "2025-03-02,Java & Co,,,120.00,GBP,1",
            "2025-03-02,Java & Co,,,-20.00,GBP,1",
            "assignments from 2025-03-02",
            "last month 2025-12")
        .contains(
            "listed SheetTask",
            "listed AssignmentsTask",
            "listed TotalPayablesTask",
            "listed ImportTask");
  }

  @Test
  void linterFindsNothing() throws Exception {
    Path directory = packages();

    String output =
        run(
            directory,
            List.of(
                directory.resolve("node_modules/.bin/redocly").toString(),
                "lint",
                gateway + "/openapi.yaml"));

    assertThat(output).contains("Your API description is valid").doesNotContain("You have ");
  }

  @Test
  void typeScriptClientWalks() throws Exception {
    Path directory = packages();
    Path programs = directory.resolve("node_modules/.bin");
    run(
        directory,
        List.of(
            programs.resolve("openapi-typescript").toString(),
            gateway + "/openapi.yaml",
            "--output",
            "api.ts"));
    run(directory, List.of(programs.resolve("tsc").toString()));

    String output = run(directory, List.of("node", "js/walk.js", gateway, token));

    assertThat(output)
        .containsSubsequence(
            "imported 2 of 2",
            "sheet of 2025-03-02 with ",
            " rows in GBP",
            "digest is the same: true",
            "2025-03-02,TypeScript & Co,,,120.00,GBP,1",
            "2025-03-02,TypeScript & Co,,,-20.00,GBP,1",
            "last month 2025-12")
        .contains("listed billing.sheet", "listed billing.total_payables", "listed billing.import");
  }

  /** Installs what the TypeScript client needs. The packages stay there for the next run. */
  private static Path packages() throws IOException, InterruptedException {
    requireNode();
    Path directory = Files.createDirectories(CLIENTS.resolve("typescript"));
    for (String file : List.of("package.json", "tsconfig.json", "walk.ts")) {
      Files.write(
          directory.resolve(file), Files.readAllBytes(WALKS.resolve("typescript").resolve(file)));
    }
    run(
        directory,
        List.of(
            "npm",
            "install",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
            "--no-package-lock",
            "--ignore-scripts"));
    return directory;
  }

  private static void requireNode() throws IOException, InterruptedException {
    new Requirement("Node.js with npm", "TALLYMAN_REQUIRE_NODE")
        .check(
            Compose.end(List.of("node", "--version")).status() == 0
                && Compose.end(List.of("npm", "--version")).status() == 0);
  }

  private static List<String> sources(Path directory) throws IOException {
    try (Stream<Path> client = Files.walk(directory.resolve("src/main/java"));
        Stream<Path> walk = Files.list(WALKS.resolve("java"))) {
      return Stream.concat(client, walk)
          .map(Path::toString)
          .filter(file -> file.endsWith(".java"))
          .toList();
    }
  }

  /** Runs a command that must succeed, and returns its output. */
  private static String run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("command", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // Otherwise the linter would connect to its vendor.
      builder
          .environment()
          .putAll(Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));
      Process process = builder.start();
      try {
        assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      } finally {
        process.destroyForcibly();
      }
      String printed = Files.readString(output);
      assertThat(process.exitValue()).as("%s%n%s", command, printed).isZero();
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
