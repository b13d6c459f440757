package io.tallyman.gateway.docs;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.types.files.StreamedFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The files that the pages are made of: our own, and two of Swagger UI. No others are given away.
 */
@Singleton
final class Assets {
  private static final String OWN = "docs/";
  private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/";
  private static final String SWAGGER_UI_IS =
      "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private final ResourceLoader resources;
  private final Map<String, String> paths;

  Assets(ResourceLoader resources) {
    this.resources = resources;
    String swaggerUi = SWAGGER_UI + version() + '/';
    this.paths =
        Map.of(
            "docs.css", OWN + "docs.css",
            "docs.js", OWN + "docs.js",
            "swagger-ui.css", swaggerUi + "swagger-ui.css",
            "swagger-ui-bundle.js", swaggerUi + "swagger-ui-bundle.js");
  }

  Optional<StreamedFile> find(String name) {
    return Optional.ofNullable(paths.get(name))
        .map(path -> new StreamedFile(open(path), MediaType.forFilename(name)));
  }

  StreamedFile own(String name, MediaType type) {
    return new StreamedFile(open(OWN + name), type);
  }

  private String version() {
    Properties told = new Properties();
    try (InputStream properties = open(SWAGGER_UI_IS)) {
      told.load(properties);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return told.getProperty("version");
  }

  private InputStream open(String path) {
    return resources
        .getResourceAsStream(path)
        .orElseThrow(() -> new IllegalStateException(path + " is not on the class path"));
  }
}
