package io.tallyman.e2e;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * Every setting that the code knows, read from its sources: what application.yml has under {@code
 * tallyman}, the records with {@code @ConfigurationProperties}, the time limits of the types of
 * tasks, and the variables in application.yml and logback.xml.
 */
public final class KnownSettings {
  public static final List<String> SERVICES =
      List.of("user-service", "billing-service", "worker", "gateway");

  private static final Pattern RECORD =
      Pattern.compile(
          "@ConfigurationProperties\\(\"(tallyman[^\"]*)\"\\)\\s+(?:public )?record \\w+\\(");
  private static final Pattern NEEDED = Pattern.compile("@Requires\\(classes = (\\w+)\\.class\\)");
  private static final Pattern DEFAULT =
      Pattern.compile("@Bindable\\(defaultValue = \"([^\"]*)\"\\)");
  private static final Pattern HOURS =
      Pattern.compile("Duration timeLimit\\(\\) \\{\\s+return Duration.ofHours\\((\\d+)\\)");
  private static final Pattern TASK = Pattern.compile("(?:return|NAME =) \"(billing\\.[a-z_]+)\"");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z_]*):-?([^}]*)}");

  /** What the kit does for a service depends on which of these libraries that has. */
  private static final Map<String, String> LIBRARIES =
      Map.of("ConnectionFactory", "amqp-client", "Jdbi", "jdbi3-postgres");

  private final Path home;
  private final Map<String, Setting> found = new LinkedHashMap<>();

  public KnownSettings(Path home) {
    this.home = home;
  }

  public List<Setting> find() throws IOException {
    for (String service : SERVICES) {
      String application = read(service, "src/main/resources/application.yml");
      Map<String, Object> tree = new Yaml().load(application);
      flatten("tallyman", requireNonNull(tree.get("tallyman")), service);
      variables(application, service);
      variables(read("service-kit", "src/main/resources/logback.xml"), service);
      for (String module : List.of(service, "service-kit")) {
        for (String source : sources(home.resolve(module))) {
          components(source, service);
          timeLimit(source, service);
        }
      }
    }
    return List.copyOf(found.values());
  }

  private void flatten(String property, Object value, String service) {
    if (value instanceof Map<?, ?> branches) {
      branches.forEach((name, branch) -> flatten(property + "." + name, branch, service));
    } else {
      add(Setting.of(property, service, value.toString()));
    }
  }

  private void variables(String text, String service) {
    VARIABLE
        .matcher(text)
        .results()
        .forEach(variable -> add(new Setting(variable.group(1), service, variable.group(2))));
  }

  private void components(String source, String service) throws IOException {
    Matcher properties = RECORD.matcher(source);
    if (!properties.find()) {
      if (source.contains("@ConfigurationProperties(")) {
        throw new AssertionError("These settings are in no record that is understood:\n" + source);
      }
      return;
    }
    if (!isFor(source, service)) {
      return;
    }
    for (String component : split(source.substring(properties.end()))) {
      Matcher usual = DEFAULT.matcher(component);
      String name = component.substring(component.lastIndexOf(' ') + 1);
      add(
          Setting.of(
              properties.group(1) + "." + name,
              service,
              usual.find() ? usual.group(1) : Setting.NO_DEFAULT));
    }
  }

  /** That of a type of task, where this is one. */
  private void timeLimit(String source, String service) {
    Matcher hours = HOURS.matcher(source);
    Matcher task = TASK.matcher(source);
    if (hours.find() && task.find()) {
      add(Setting.of("tallyman.tasks.time-limits." + task.group(1), service, hours.group(1) + "h"));
    }
  }

  /** What application.yml says stands for what a record says. */
  private void add(Setting setting) {
    found.putIfAbsent(setting.service() + " " + setting.variable(), setting);
  }

  private boolean isFor(String source, String service) throws IOException {
    Matcher needed = NEEDED.matcher(source);
    return !needed.find()
        || read(service, "pom.xml")
            .contains(requireNonNullElse(LIBRARIES.get(needed.group(1)), "?"));
  }

  /** The components of a record, from behind its opening parenthesis. */
  private static List<String> split(String header) {
    List<String> components = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int at = 0; ; at++) {
      char character = header.charAt(at);
      boolean ends = depth == 0 && (character == ',' || character == ')');
      if (ends) {
        components.add(header.substring(begin, at).strip());
        begin = at + 1;
      }
      if (ends && character == ')') {
        return components;
      }
      depth += "(<".indexOf(character) >= 0 ? 1 : ")>".indexOf(character) >= 0 ? -1 : 0;
    }
  }

  private static List<String> sources(Path module) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    return sources;
  }

  private String read(String module, String path) throws IOException {
    return Files.readString(home.resolve(module).resolve(path));
  }
}
