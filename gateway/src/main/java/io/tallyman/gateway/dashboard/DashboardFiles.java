package io.tallyman.gateway.dashboard;

import io.micronaut.core.io.ResourceLoader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files in the folder {@code dashboard} of the class path. Each is read and compressed once.
 */
@Singleton
final class DashboardFiles {
  /** No name has a dot except before its type, so no path leaves the folder. */
  private static final Pattern SERVED =
      Pattern.compile("[a-z0-9-]+(?:/[a-z0-9-]+)*\\.(?<type>html|css|js|json|svg|txt)");

  private final ResourceLoader resources;

  /** Only existing files are kept, so it cannot grow without limit. */
  private final Map<String, DashboardFile> files = new ConcurrentHashMap<>();

  DashboardFiles(ResourceLoader resources) {
    this.resources = resources;
  }

  /** Empty if there is no such file. */
  Optional<DashboardFile> find(String path) {
    var name = SERVED.matcher(path);
    return name.matches()
        ? Optional.ofNullable(files.computeIfAbsent(path, _ -> read(path, name.group("type"))))
        : Optional.empty();
  }

  private @Nullable DashboardFile read(String path, String type) {
    try (InputStream file = resources.getResourceAsStream("dashboard/" + path).orElse(null)) {
      return file == null ? null : DashboardFile.of(mediaType(type), file.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String mediaType(String ending) {
    return switch (ending) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "json" -> "application/json";
      case "svg" -> "image/svg+xml";
      default -> "text/plain; charset=utf-8";
    };
  }
}
