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
import org.yaml.snakeyaml.Yaml;

/** compose.yaml and .env.example are held to the code and to each other. */
final class ComposeTest {
  private static final Path HOME = Path.of("..", "..");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z_]+)=(.*)$");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::-([^}]*))?");

  /** What the image says, or each container for itself. */
  private static final Set<String> DECIDED =
      Set.of("MICRONAUT_SERVER_PORT", "TALLYMAN_STORE_DIRECTORY", "TALLYMAN_WORKER_ID");

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
    Map<String, String> example =
        EXAMPLE
            .matcher(read("deploy/.env.example"))
            .results()
            .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));

    assertThat(example.keySet()).containsExactlyInAnyOrderElementsOf(variables());
    example.forEach(
        (variable, value) ->
            assertThat(value)
                .as(variable)
                .isEqualTo(requireNonNull(usual.get(variable)).replace(Setting.NO_DEFAULT, "")));
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

  /** Those that are put in, and those that are passed on. */
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
