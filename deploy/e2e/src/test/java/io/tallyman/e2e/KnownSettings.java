package io.tallyman.e2e;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * All settings of the code: those in application.yml under {@code tallyman}, the configuration
 * metadata that Micronaut's compiler writes for each {@code @ConfigurationProperties}, and the
 * variables in application.yml and logback.xml. Needs compiled services.
 */
public final class KnownSettings {
  public static final List<String> SERVICES =
      List.of("user-service", "billing-service", "worker", "gateway");

  private static final String METADATA =
      "target/classes/META-INF/spring-configuration-metadata.json";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z_]*):-?([^}]*)}");

  /** A setting of the kit belongs to the services that have the library that it is for. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "tallyman", "service-kit",
          "tallyman.audit", "micronaut-data-jdbc",
          "tallyman.broker", "amqp-client",
          "tallyman.cursors", "micronaut-data-jdbc",
          "tallyman.database", "micronaut-data-jdbc",
          "tallyman.idempotency", "micronaut-data-jdbc",
          "tallyman.tls", "service-kit");

  private final Path home;
  private final Map<String, Setting> found = new LinkedHashMap<>();

  public KnownSettings(Path home) {
    this.home = home;
  }

  public List<Setting> find() throws IOException {
    JsonNode kit = metadata("service-kit");
    for (String service : SERVICES) {
      String application = read(service, "src/main/resources/application.yml");
      Map<String, Object> tree = new Yaml().load(application);
      flatten("tallyman", requireNonNull(tree.get("tallyman")), service);
      variables(application, service);
      variables(read("service-kit", "src/main/resources/logback.xml"), service);
      metadata(service).forEach(property -> add(setting(property, service)));
      String libraries = read(service, "pom.xml");
      for (JsonNode property : kit) {
        if (libraries.contains(libraryOf(property.get("name").textValue()))) {
          add(setting(property, service));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static String libraryOf(String property) {
    return requireNonNull(
        LIBRARIES.get(property.substring(0, property.lastIndexOf('.'))),
        () -> "Which library uses the kit's setting " + property + "?");
  }

  private static Setting setting(JsonNode property, String service) {
    return Setting.of(
        property.get("name").textValue(),
        service,
        property.path("defaultValue").asText(Setting.NO_DEFAULT));
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

  /** A value in application.yml has precedence over a default in the code. */
  private void add(Setting setting) {
    found.putIfAbsent(setting.service() + " " + setting.variable(), setting);
  }

  private JsonNode metadata(String module) throws IOException {
    return new ObjectMapper().readTree(read(module, METADATA)).get("properties");
  }

  private String read(String module, String path) throws IOException {
    return Files.readString(home.resolve(module).resolve(path));
  }
}
