package io.tallyman.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** compose.yaml and .env.example agree with the code and with each other. */
final class ComposeTest {
  private static final Path HOME = Path.of("..", "..");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z_]+)=(.*)$");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::-([^}]*))?");

  /** Only compose itself reads it. */
  private static final String PROJECT = "COMPOSE_PROJECT_NAME";

  /** Without these, compose starts too. */
  private static final Set<String> OPTIONAL_SECRETS =
      Set.of("USERS_OWNER_PASSWORD", "BILLING_OWNER_PASSWORD");

  private static final Pattern SECRET = Pattern.compile("\\$\\{([A-Z_]+):\\?");

  /** Settings that the image or the container sets. */
  private static final Set<String> DECIDED =
      Set.of(
          "MICRONAUT_SERVER_PORT",
          "TALLYMAN_MANAGEMENT_PORT",
          "TALLYMAN_STORE_DIRECTORY",
          "TALLYMAN_WORKER_ID");

  private final String text = read("deploy/compose.yaml");
  private final Map<String, Map<String, Object>> services = services(text);

  @Test
  void everyServiceIsToldItsSettingsAndNoOther() throws IOException {
    List<Setting> known = new KnownSettings(HOME).find();

    for (String service : KnownSettings.SERVICES) {
      Set<String> settings =
          known.stream()
              .filter(setting -> setting.service().equals(service))
              .map(Setting::variable)
              .filter(variable -> !DECIDED.contains(variable))
              .collect(Collectors.toSet());
      assertThat(environment(service).keySet())
          .as(service)
          .containsExactlyInAnyOrderElementsOf(settings);
    }
  }

  @Test
  void exampleHasEveryVariableWithItsDefaultAndNoSecret() throws IOException {
    Map<String, String> usual =
        new KnownSettings(HOME)
            .find().stream()
                .collect(Collectors.toMap(Setting::variable, Setting::usual, (first, _) -> first));
    VARIABLE
        .matcher(text)
        .results()
        .forEach(
            variable ->
                usual.put(variable.group(1), variable.group(2) == null ? "" : variable.group(2)));
    Map<String, String> example = settings(read("deploy/.env.example"));
    example.remove(PROJECT);

    assertThat(example.keySet()).containsExactlyInAnyOrderElementsOf(variables());
    example.forEach(
        (variable, value) ->
            assertThat(value)
                .as(variable)
                .isEqualTo(requireNonNull(usual.get(variable)).replace(Setting.NO_DEFAULT, "")));
  }

  /**
   * Compose 1.29 rejects a project name in compose.yaml. Without a name, it uses the name of the
   * folder.
   */
  @Test
  void exampleNamesTheProject() {
    assertThat(read("deploy/.env.example")).contains("\n" + PROJECT + "=tallyman\n");
  }

  @Test
  void commandOfTheDocumentsMakesEverySecret(@TempDir Path directory) throws Exception {
    Path deploy = Files.createDirectory(directory.resolve("deploy"));
    Files.copy(HOME.resolve("deploy/.env.example"), deploy.resolve(".env.example"));
    String command =
        Document.read(HOME.resolve("docs/operations.md")).commands().stream()
            .filter(block -> block.contains("deploy/.env.example"))
            .findFirst()
            .orElseThrow();

    Shell.BASH.paste(command, directory);

    Map<String, String> made = settings(Files.readString(deploy.resolve(".env")));
    Set<String> secrets = secrets();
    secrets.addAll(OPTIONAL_SECRETS);
    made.keySet().retainAll(secrets);
    assertThat(made).hasSameSizeAs(secrets);
    assertThat(made.values())
        .doesNotHaveDuplicates()
        .allSatisfy(secret -> assertThat(secret).matches("[0-9a-f]{48}"));
  }

  @Test
  void onlyTheGatewayCanBeReachedFromOutside() {
    assertThat(services)
        .allSatisfy(
            (name, service) ->
                assertThat(service.containsKey("ports")).isEqualTo(name.equals("gateway")));
  }

  @Test
  void memoryOfEveryContainerIsLimited() {
    assertThat(services.values())
        .allSatisfy(service -> assertThat(service).containsKey("mem_limit"));
  }

  @Test
  void everyContainerIsConfined() {
    assertThat(services)
        .allSatisfy(
            (name, service) -> {
              assertThat(service).as(name).containsEntry("read_only", true);
              assertThat(service).as(name).containsEntry("cap_drop", List.of("ALL"));
              assertThat(service)
                  .as(name)
                  .containsEntry("security_opt", List.of("no-new-privileges:true"));
              assertThat(service).as(name).containsKeys("pids_limit", "cpus");
            });
  }

  @Test
  void onlyTheGatewayIsInTheOuterNetwork() {
    assertThat(services)
        .allSatisfy(
            (name, service) ->
                assertThat(service.get("networks"))
                    .as(name)
                    .isEqualTo(
                        name.equals("gateway") ? List.of("inside", "outside") : List.of("inside")));
    assertThat(text).contains("  inside:\n    internal: true\n");
  }

  /** The variables without which nothing starts. */
  private Set<String> secrets() {
    return SECRET
        .matcher(text)
        .results()
        .map(variable -> variable.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> settings(String example) {
    return EXAMPLE
        .matcher(example)
        .results()
        .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
  }

  /** The variables that compose.yaml uses, and those that it passes on to the services. */
  private Set<String> variables() {
    Set<String> variables = new TreeSet<>();
    VARIABLE.matcher(text).results().forEach(variable -> variables.add(variable.group(1)));
    for (String service : KnownSettings.SERVICES) {
      environment(service)
          .forEach(
              (variable, value) -> {
                if (value == null) {
                  variables.add(variable);
                }
              });
    }
    return variables;
  }

  @SuppressWarnings("unchecked") // As the specification of compose has it.
  private Map<String, Object> environment(String service) {
    return (Map<String, Object>)
        requireNonNull(requireNonNull(services.get(service)).get("environment"));
  }

  @SuppressWarnings("unchecked") // As the specification of compose has it.
  private static Map<String, Map<String, Object>> services(String text) {
    Map<String, Object> file = new Yaml().load(text);
    return (Map<String, Map<String, Object>>) requireNonNull(file.get("services"));
  }

  private static String read(String path) {
    try {
      return Files.readString(HOME.resolve(path));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
