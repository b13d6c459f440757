package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of real payments. They are not part of the repository. Tests look for them in {@code
 * ../shared/data} next to it, or in the folder that {@code TALLYMAN_DATA} names. If {@code
 * TALLYMAN_REQUIRE_DATA} is {@code true}, they must exist.
 */
final class RealData {
  private RealData() {}

  /** Returns the file. Skips the test if the file is missing and not required. */
  static Path require(String name) {
    Path file = folder().resolve(name);
    boolean there = Files.isRegularFile(file);
    if (Boolean.parseBoolean(System.getenv("TALLYMAN_REQUIRE_DATA"))) {
      assertThat(there).as("%s is there", file).isTrue();
    }
    assumeTrue(there, () -> "Not run: there is no " + file);
    return file;
  }

  private static Path folder() {
    String folder = System.getenv("TALLYMAN_DATA");
    return folder == null
        ? Path.of(System.getProperty("tallyman.home")).resolveSibling("shared/data")
        : Path.of(folder);
  }
}
