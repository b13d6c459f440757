package io.tallyman.standalone.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A built repository in which every service is a {@link FakeService}. */
final class FakeHome {
  private FakeHome() {}

  static Path in(Path directory) {
    for (String service : List.of("user-service", "billing-service", "worker", "gateway")) {
      Path target = directory.resolve(service).resolve("target");
      try {
        Files.createDirectories(target);
        writeJar(target.resolve(service + ".jar"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return directory;
  }

  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    String path = "/" + FakeService.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream bytes = FakeHome.class.getResourceAsStream(path)) {
      out.putNextEntry(new JarEntry(path.substring(1)));
      bytes.transferTo(out);
    }
  }
}
