package io.tallyman.cli.gateway;

import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.embedded.process.OwnerOnly;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file with the logins that are kept, one for each gateway. Only its user can read it. It is
 * {@code tallyman/logins.json} in {@code $XDG_STATE_HOME}, or else in {@code ~/.local/state}.
 */
final class LoginFile {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path directory;
  private final Path path;

  /**
   * @param expires when the access token expires, by the clock of this machine
   */
  record Login(String username, String accessToken, Instant expires, String refreshToken) {}

  LoginFile(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path parent =
        state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    this.directory = parent.resolve("tallyman");
    this.path = directory.resolve("logins.json");
  }

  Optional<Login> read(URI gateway) {
    return Optional.ofNullable(all().get(gateway.toString()));
  }

  /** Call it in {@link #locked}. */
  void keep(URI gateway, Login login) {
    Map<String, Login> logins = all();
    logins.put(gateway.toString(), login);
    write(logins);
  }

  /** Call it in {@link #locked}. */
  void forget(URI gateway) {
    Map<String, Login> logins = all();
    logins.remove(gateway.toString());
    write(logins);
  }

  /** Runs this while no other command does the same. */
  <T> T locked(Supplier<T> change) {
    try {
      OwnerOnly.makeDirectories(directory);
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve("logins.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return change.get();
      }
    } catch (IOException e) {
      throw failure("written", e);
    }
  }

  private Map<String, Login> all() {
    try {
      return JSON.readValue(Files.readString(path), new TypeReference<TreeMap<String, Login>>() {});
    } catch (NoSuchFileException none) {
      return new TreeMap<>();
    } catch (IOException | JacksonException e) {
      throw failure("read", e);
    }
  }

  /** The file is complete at each moment, even if the command is killed. */
  private void write(Map<String, Login> logins) {
    try {
      Path unfinished = directory.resolve("logins.new");
      Files.deleteIfExists(unfinished);
      Files.writeString(OwnerOnly.makeFile(unfinished), JSON.writeValueAsString(logins));
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("written", e);
    }
  }

  private CommandFailure failure(String verb, Exception cause) {
    return new CommandFailure(
        ExitCode.BAD_FILE,
        "The file of logins %s cannot be %s (%s). If you delete it, log in again."
            .formatted(path, verb, cause.getMessage()));
  }
}
