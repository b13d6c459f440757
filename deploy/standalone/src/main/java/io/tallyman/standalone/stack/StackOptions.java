package io.tallyman.standalone.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a {@link Stack} is started with.
 *
 * @param home the root of the built repository: each service is {@code
 *     <service>/target/<service>.jar} in it
 * @param directory where all data is kept; made when it is missing
 * @param port of the gateway; 0 for a free one
 * @param workers how many worker processes
 * @param environment more settings for every service, such as {@code TALLYMAN_WORKER_SLOTS}; what
 *     the stack itself sets goes before
 */
public record StackOptions(
    Path home, Path directory, int port, int workers, Map<String, String> environment) {
  public StackOptions {
    home = home.toAbsolutePath().normalize();
    directory = directory.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
  }

  /** A free port, two workers, nothing else set. */
  public static StackOptions in(Path home, Path directory) {
    return new StackOptions(home, directory, 0, 2, Map.of());
  }
}
