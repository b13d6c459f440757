package io.tallyman.standalone.command;

import io.tallyman.standalone.client.GatewayClient;
import io.tallyman.standalone.client.TaskFailure;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.Services;
import io.tallyman.standalone.stack.UsageError;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first admin of the stack on a data directory.
 *
 * @param environment may have the password; it has precedence over the settings
 */
public record Admin(
    DataDirectory directory, SettingsFile settings, Map<String, String> environment) {
  static final String USERNAME = "admin";

  /**
   * A client that sends its requests as the admin, for some minutes.
   *
   * @throws UsageError with a message of one line, if the admin cannot log in
   */
  public GatewayClient logIn(URI gateway) {
    GatewayClient client = new GatewayClient(gateway);
    try {
      client.logIn(USERNAME, password());
      return client;
    } catch (TaskFailure failure) {
      throw new UsageError("The user admin cannot log in: " + failure.getMessage(), failure);
    }
  }

  private String password() {
    @Nullable String set = environment.get(Services.ADMIN_PASSWORD);
    set = set == null ? settings.settings().get(Services.ADMIN_PASSWORD) : set;
    if (set != null) {
      return set;
    }
    if (!Files.exists(directory.adminPasswordFile())) {
      throw new UsageError(
          "The password of the user admin is unknown, because it was set when the stack started."
              + " Set TALLYMAN_ADMIN_PASSWORD.");
    }
    return directory.adminPassword();
  }
}
