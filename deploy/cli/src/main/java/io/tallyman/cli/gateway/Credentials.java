package io.tallyman.cli.gateway;

import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token that a command sends. This is the only place that knows where tokens come from:
 * the option {@code --token-file}, then the variable {@code TALLYMAN_TOKEN}.
 */
final class Credentials {
  private static final String VARIABLE = "TALLYMAN_TOKEN";

  /** RFC 6750. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private Credentials() {}

  /**
   * @param file null if the option is not given
   */
  static Optional<String> token(@Nullable Path file, Map<String, String> environment) {
    if (file != null) {
      return Optional.of(checked(read(file), file.toString()));
    }
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(token -> !token.isBlank())
        .map(token -> checked(token, VARIABLE));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "The token file %s cannot be read.".formatted(file));
    }
  }

  private static String checked(String text, String source) {
    String token = text.strip();
    if (!TOKEN.matcher(token).matches()) {
      throw new CommandFailure(
          ExitCode.USAGE, "%s must have one token and nothing else.".formatted(source));
    }
    return token;
  }
}
