package io.tallyman.bench.side;

import io.tallyman.bench.backing.Backing;
import io.tallyman.embedded.KeptPassword;
import io.tallyman.embedded.process.Ports;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The environment of each service of {@link Tallyman}, with passwords and secrets of this run. */
final class TallymanSettings {
  private final Backing backing;
  private final Path store;
  private final UnaryOperator<String> url;
  private final String gatewaySecret = KeptPassword.random();
  private final String workerSecret = KeptPassword.random();
  private final String adminPassword = KeptPassword.random();

  /**
   * @param url the address of the service with a name
   */
  TallymanSettings(Backing backing, Path store, UnaryOperator<String> url) {
    this.backing = backing;
    this.store = store;
    this.url = url;
  }

  /** The password of the user admin. */
  String adminPassword() {
    return adminPassword;
  }

  Map<String, String> of(String name) {
    Map<String, String> environment = new HashMap<>();
    switch (name) {
      case Tallyman.USERS -> {
        putDatabase("users", environment);
        environment.put("TALLYMAN_ADMIN_PASSWORD", adminPassword);
      }
      case Tallyman.BILLING -> {
        putDatabase("billing", environment);
        // A row of the table fills the queue with tasks that are not due, all of one user.
        environment.put("TALLYMAN_TASKS_MAX_OPEN_PER_USER", "100000");
        environment.put("TALLYMAN_TASKS_MAX_NOT_DUE", "100000");
      }
      default -> environment.put("TALLYMAN_BILLING_SERVICE_URL", url.apply(Tallyman.BILLING));
    }
    if (name.equals(Tallyman.GATEWAY)) {
      // All clients have the same login.
      environment.put("TALLYMAN_RATE_PER_USER", "100000");
      environment.put("TALLYMAN_TRANSFERS_PER_USER", "64");
    }
    String user = Tallyman.isWorker(name) ? Tallyman.WORKER : name;
    if (!name.equals(Tallyman.USERS)) {
      environment.put("TALLYMAN_USER_SERVICE_URL", url.apply(Tallyman.USERS));
      environment.put("TALLYMAN_BROKER_URI", backing.broker(user).toString());
      environment.put("TALLYMAN_STORE_DIRECTORY", store.toString());
    }
    if (user.equals(Tallyman.WORKER)) {
      environment.put("TALLYMAN_WORKER_ID", name);
    }
    environment.put("TALLYMAN_MANAGEMENT_PORT", Integer.toString(Ports.free()));
    environment.put("TALLYMAN_SECRETS_GATEWAY", gatewaySecret);
    environment.put("TALLYMAN_SECRETS_WORKER", workerSecret);
    return environment;
  }

  private void putDatabase(String name, Map<String, String> environment) {
    environment.put(
        "TALLYMAN_DATABASE_URL", "jdbc:postgresql://%s/%s".formatted(backing.postgres(), name));
    environment.put("TALLYMAN_DATABASE_USER", name);
    environment.put("TALLYMAN_DATABASE_PASSWORD", backing.password(name));
  }
}
