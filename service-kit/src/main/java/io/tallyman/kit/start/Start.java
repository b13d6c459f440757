package io.tallyman.kit.start;

import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a service. What keeps it from starting is told in one line, and ends the process with 1.
 */
public final class Start extends Micronaut {
  private static final Logger LOG = LoggerFactory.getLogger(Start.class);

  private static final Pattern HOW_IT_CAME_ABOUT =
      Pattern.compile(
          "^(Path Taken|new @|@i\\.|\\\\--->|Error instantiating bean|Bean definition \\["
              + "|Failed to inject|Validation failed|List of constraint)");
  private static final int MOST = 3;

  private Start() {}

  /** Returns when the service answers. */
  public static void service(String... arguments) {
    new Start().banner(false).args(arguments).start();
  }

  @Override
  protected void handleStartupException(Environment environment, Throwable failure) {
    LOG.error("Cannot start: {} (LOG_LEVEL=DEBUG shows where)", reason(failure));
    LOG.debug("Where it failed", failure);
    System.exit(1);
  }

  /** What the causes say, without the path by which the framework came to them. */
  static String reason(Throwable failure) {
    List<String> said =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .flatMap(cause -> String.valueOf(cause.getMessage()).lines())
            .map(line -> line.strip().replaceFirst("^Message: ", ""))
            .filter(line -> line.length() > 1 && !HOW_IT_CAME_ABOUT.matcher(line).find())
            .distinct()
            .toList();
    return String.join("; ", said.subList(0, Math.min(MOST, said.size())));
  }
}
