package io.tallyman.kit.start;

import static java.util.stream.Collectors.joining;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.runtime.Micronaut;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a service. If the service cannot start, the log has one line with the reason, and the
 * process exits with 1.
 */
public final class Start extends Micronaut {
  private static final Logger LOG = LoggerFactory.getLogger(Start.class);

  /**
   * Lines of the framework's messages that describe its own path to a failure. No exception offers
   * the cause without them. StartTest starts contexts with bad values, and fails if the texts
   * change.
   */
  private static final Pattern HOW_IT_CAME_ABOUT =
      Pattern.compile(
          "^(Path Taken|new @|@i\\.|\\\\--->|Error instantiating bean|Bean definition \\["
              + "|Failed to inject|Validation failed|List of constraint)");

  /** How a message of the framework names a bad value: class, field and reason; see above. */
  private static final Pattern VIOLATION = Pattern.compile("^([\\w.$]+)\\.(\\w+) - (.+)$");

  private static final int MOST = 3;

  private static final Pattern OURS = Pattern.compile("^(TALLYMAN_|MICRONAUT_|LOG_LEVEL$)");

  private Start() {}

  /** Returns when the service answers requests. */
  public static void service(String... arguments) {
    LOG.info("Settings from environment variables: {}", settings(System.getenv().keySet()));
    Start start = new Start();
    try {
      start.propertySources(SettingFiles.of(System.getenv()));
    } catch (ConfigurationException wrong) {
      stop(wrong);
    }
    start.banner(false).args(arguments).start();
  }

  /** Only names, because a value may be a secret. */
  static String settings(Set<String> variables) {
    String names =
        variables.stream()
            .filter(name -> OURS.matcher(name).find())
            .sorted()
            .collect(joining(", "));
    return names.isEmpty() ? "nothing" : names;
  }

  @Override
  protected void handleStartupException(Environment environment, Throwable failure) {
    stop(failure);
  }

  private static void stop(Throwable failure) {
    LOG.error(
        "The service cannot start: {} (LOG_LEVEL=DEBUG logs the stack trace)", reason(failure));
    LOG.debug("Stack trace of the failed start", failure);
    System.exit(1);
  }

  /** The messages of the causes, without the framework's description of how it got there. */
  static String reason(Throwable failure) {
    List<String> said =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .flatMap(cause -> String.valueOf(cause.getMessage()).lines())
            .map(line -> line.strip().replaceFirst("^Message: ", ""))
            .filter(line -> line.length() > 1 && !HOW_IT_CAME_ABOUT.matcher(line).find())
            .map(Start::withProperty)
            .distinct()
            .toList();
    return String.join("; ", said.subList(0, Math.min(MOST, said.size())));
  }

  /** Names the property, where the framework names the field that the property is read into. */
  private static String withProperty(String line) {
    Matcher violation = VIOLATION.matcher(line);
    if (!violation.matches()) {
      return line;
    }
    try {
      ConfigurationProperties read =
          Class.forName(violation.group(1)).getAnnotation(ConfigurationProperties.class);
      return read == null
          ? line
          : read.value() + '.' + NameUtils.hyphenate(violation.group(2)) + ' ' + violation.group(3);
    } catch (ClassNotFoundException noClass) {
      return line;
    }
  }
}
