package io.tallyman.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Something of the machine that a test needs, such as a program.
 *
 * @param variable the environment variable that is {@code true} where the thing must exist
 */
public record Requirement(String name, String variable) {

  /** Skips the test if the thing is missing. Fails it if the variable says that it must exist. */
  public void check(boolean there) {
    if (Boolean.parseBoolean(System.getenv(variable))) {
      assertThat(there).as(name).isTrue();
    }
    assumeTrue(there, () -> "Not run: there is no " + name);
  }
}
