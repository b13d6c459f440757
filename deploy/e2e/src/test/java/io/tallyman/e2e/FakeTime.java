package io.tallyman.e2e;

import io.tallyman.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;

/**
 * The library libfaketime, which changes the time of day of a process (package {@code libfaketime}
 * of Debian). The test uses the file of this package, or the file that {@code TALLYMAN_FAKETIME}
 * names. If {@code TALLYMAN_REQUIRE_FAKETIME} is {@code true}, it must exist.
 */
record FakeTime(Path library) {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String INSIDE = "/faketime/libfaketime.so.1";

  /** Skips the test if the library is missing and not required. */
  static FakeTime require() {
    Optional<Path> library = find();
    new Requirement("libfaketime.so.1", "TALLYMAN_REQUIRE_FAKETIME").check(library.isPresent());
    return new FakeTime(library.orElseThrow());
  }

  /**
   * @param by the difference, such as {@code -1h}; durations do not change
   */
  void shift(GenericContainer<?> container, String by) {
    container
        .withFileSystemBind(library.toString(), INSIDE, BindMode.READ_ONLY)
        .withEnv("LD_PRELOAD", INSIDE)
        .withEnv("FAKETIME", by)
        .withEnv("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        // The JVM measures waiting times with the monotonic clock, which must stay unchanged.
        .withEnv("FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  private static Optional<Path> find() {
    String named = System.getenv("TALLYMAN_FAKETIME");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isReadable);
    }
    try (Stream<Path> architectures = Files.list(LIBRARIES)) {
      return architectures
          .map(architecture -> architecture.resolve("faketime/libfaketime.so.1"))
          .filter(Files::isReadable)
          .findFirst();
    } catch (IOException noLibraries) {
      return Optional.empty();
    }
  }
}
