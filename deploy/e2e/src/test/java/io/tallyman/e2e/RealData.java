package io.tallyman.e2e;

import io.tallyman.testkit.Requirement;
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
    new Requirement(file.toString(), "TALLYMAN_REQUIRE_DATA").check(Files.isRegularFile(file));
    return file;
  }

  private static Path folder() {
    String folder = System.getenv("TALLYMAN_DATA");
    return folder == null
        ? Path.of(System.getProperty("tallyman.home")).resolveSibling("shared/data")
        : Path.of(folder);
  }
}
