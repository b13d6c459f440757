package io.tallyman.cli.gateway;

import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.cli.terminal.Screen;
import io.tallyman.standalone.command.Admin;
import io.tallyman.standalone.command.SettingsFile;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.UsageError;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands. They choose a gateway: by default, that of the stack here. */
public final class ClientOptions {
  private static final String VARIABLE = "TALLYMAN_URL";

  private final Session session;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The gateway, such as https://tallyman.example. The variable TALLYMAN_URL too.")
  private @Nullable String url;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory of the stack that runs here. The default is .tallyman.")
  private @Nullable Path data;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with a bearer token. The variable TALLYMAN_TOKEN can have one too. After login,"
              + " and for the stack that runs here, none is needed.")
  private @Nullable Path tokenFile;

  @Option(names = "--json", description = "Print the JSON of the API instead of text.")
  private boolean json;

  public ClientOptions(Session session) {
    this.session = session;
  }

  public Gateway open() {
    Optional<String> given = Credentials.token(tokenFile, session.environment());
    URI address = address();
    return new Gateway(
        address, session.environment(), given.isPresent() ? () -> given : tokens(address));
  }

  /** The token that {@link #open} would send first. */
  public Optional<String> token() {
    return Credentials.token(tokenFile, session.environment()).or(() -> tokens(address()).get());
  }

  /** The login that is kept for the gateway, or can be. */
  public KeptLogin login() {
    return login(address());
  }

  public Screen screen() {
    return session.screen();
  }

  /** Whether the result is printed as JSON. */
  public boolean json() {
    return json;
  }

  /** A command about the same gateway, to be typed or pasted. */
  public String command(String words) {
    StringBuilder command = new StringBuilder("./tallyman ").append(words);
    if (url != null) {
      command.append(" --url ").append(url);
    }
    if (data != null) {
      command.append(" --data ").append(data);
    }
    if (tokenFile != null) {
      command.append(" --token-file ").append(tokenFile);
    }
    return command.toString();
  }

  private Supplier<Optional<String>> tokens(URI address) {
    KeptLogin login = login(address);
    if (login.exists()) {
      return login;
    }
    return named().isPresent() ? Optional::empty : new OwnLogin(admin(directory()), address);
  }

  private KeptLogin login(URI address) {
    return new KeptLogin(address, session.environment());
  }

  private URI address() {
    return named().map(ClientOptions::checked).orElseGet(() -> runningOn(directory()));
  }

  /** An option is stronger than the variable. */
  private Optional<String> named() {
    if (url != null) {
      return Optional.of(url);
    }
    return data == null
        ? Optional.ofNullable(session.environment().get(VARIABLE)).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  private static URI checked(String text) {
    try {
      URI address = URI.create(text.strip().replaceAll("/+$", ""));
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (http && address.getHost() != null && address.getRawQuery() == null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // The message below says it in words.
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        "%s is not the address of a gateway, such as http://127.0.0.1:8080.".formatted(text));
  }

  private DataDirectory directory() {
    return new DataDirectory(
        data == null ? session.home().resolve(".tallyman") : data.toAbsolutePath());
  }

  private static URI runningOn(DataDirectory directory) {
    return directory
        .runningGateway()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "Nothing runs on %s. Start Tallyman with ./tallyman up, or name a gateway with --url."
                        .formatted(directory.root())));
  }

  private Admin admin(DataDirectory directory) {
    try {
      SettingsFile settings = SettingsFile.nearest(Path.of(""), session.home(), _ -> {});
      return new Admin(directory, settings, session.environment());
    } catch (UsageError unreadable) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(unreadable.getMessage()));
    }
  }
}
