package io.tallyman.gateway.docs;

import io.micronaut.core.io.ResourceLoader;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The files of the pages: our own, and two of Swagger UI. No other file is served. */
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
            "live.js", OWN + "live.js",
            "swagger-ui.css", swaggerUi + "swagger-ui.css",
            "swagger-ui-bundle.js", swaggerUi + "swagger-ui-bundle.js");
  }

  /** Empty if no file with this name is served. */
  Optional<byte[]> find(String name) {
    return Optional.ofNullable(paths.get(name)).map(this::read);
  }

  byte[] own(String name) {
    return read(OWN + name);
  }

  private String version() {
    try {
      Properties told = new Properties();
      told.load(new ByteArrayInputStream(read(SWAGGER_UI_IS)));
      return told.getProperty("version");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private byte[] read(String path) {
    try (InputStream file =
        resources
            .getResourceAsStream(path)
            .orElseThrow(() -> new IllegalStateException(path + " is not on the class path"))) {
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
