package io.tallyman.standalone.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * The options of a {@link Stack}.
 *
 * @param home the root of the built repository: each service is {@code
 *     <service>/target/<service>.jar} in it
 * @param directory the directory of all data; created if it is missing
 * @param port the port of the first gateway; 0 for a free one
 * @param gateways the number of gateway processes; the other ones have free ports
 * @param workers the number of worker processes
 * @param environment more settings for every service, such as {@code TALLYMAN_WORKER_SLOTS}; the
 *     settings of the stack itself have precedence
 */
public record StackOptions(
    Path home,
    Path directory,
    int port,
    int gateways,
    int workers,
    Map<String, String> environment) {
  public StackOptions {
    home = home.toAbsolutePath().normalize();
    directory = directory.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
  }

  /** One gateway. */
  public StackOptions(
      Path home, Path directory, int port, int workers, Map<String, String> environment) {
    this(home, directory, port, 1, workers, environment);
  }

  /** A free port, two workers, no more settings. */
  public static StackOptions in(Path home, Path directory) {
    return new StackOptions(home, directory, 0, 2, Map.of());
  }
}
