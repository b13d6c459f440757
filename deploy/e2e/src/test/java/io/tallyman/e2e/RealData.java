package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of real payments. They are not part of the repository: they are looked for in {@code
 * ../shared/data} beside it, or in the folder that {@code TALLYMAN_DATA} names, and must be there
 * where {@code TALLYMAN_REQUIRE_DATA} is {@code true}.
 */
final class RealData {
  private RealData() {}

  /** The file; where it may be absent and is, the test ends as not run. */
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
