package io.tallyman.standalone.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;

/**
 * An AOT cache: a file with which a JVM starts a program in half the time. Its name contains the
 * program, the build and the JVM that it is for, and a checksum of its content. A JVM ignores a
 * cache of another build, but a damaged cache can crash it.
 *
 * @param build identifies this build of the program and this JVM
 */
public record AotCache(Path directory, String program, String build) {

  /** The cache for the current build of the program. It may not exist yet. */
  public static AotCache of(Path home, Path jar) {
    String program = name(jar).replace(".jar", "");
    return new AotCache(directoryIn(home), program, "%08x".formatted(build(jar).hashCode()));
  }

  /**
   * A folder next to the built files, because the next build makes the caches useless. All data
   * directories share it.
   */
  static Path directoryIn(Path home) {
    return home.resolve("target").resolve("aot");
  }

  /** The JVM option that uses the cache; empty if there is no undamaged cache. */
  public List<String> options() {
    return find().map(file -> "-XX:AOTCache=" + file).stream().toList();
  }

  boolean isMissing() {
    return find().isEmpty();
  }

  /**
   * Moves a cache that a JVM has written to its place, and deletes the caches of earlier builds.
   */
  void adopt(Path written) throws IOException {
    String name = "%s-%s-%s.aot".formatted(program, build, checksum(written));
    for (Path outdated : files(program + "-")) {
      Files.delete(outdated);
    }
    Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Optional<Path> find() {
    try {
      return files(program + "-" + build + "-").stream().filter(AotCache::isWhole).findFirst();
    } catch (IOException e) {
      return Optional.empty(); // The cache would only save time.
    }
  }

  private List<Path> files(String prefix) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> name(file).startsWith(prefix)).toList();
    }
  }

  private static boolean isWhole(Path file) {
    try {
      return name(file).endsWith("-" + checksum(file) + ".aot");
    } catch (IOException e) {
      return false;
    }
  }

  private static String checksum(Path file) throws IOException {
    Checksum checksum = new CRC32C();
    try (InputStream content = new CheckedInputStream(Files.newInputStream(file), checksum)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return Long.toHexString(checksum.getValue());
  }

  // A JVM rejects a cache if the size or the time of one of the jars differs.
  private static String build(Path jar) {
    Path libraries = jar.resolveSibling("lib");
    StringBuilder build = new StringBuilder(System.getProperty("java.vm.version"));
    try (Stream<Path> files = Files.exists(libraries) ? Files.list(libraries) : Stream.empty()) {
      for (Path file : Stream.concat(Stream.of(jar), files.sorted()).toList()) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        build.append(file).append(attributes.size()).append(attributes.lastModifiedTime());
      }
      return build.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("The libraries of " + jar + " cannot be listed: " + e, e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
