package io.tallyman.standalone.stack;

import io.tallyman.embedded.EmbeddedDatabase;
import io.tallyman.embedded.KeptPassword;
import io.tallyman.embedded.process.Ports;
import io.tallyman.standalone.process.ServiceProgram;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services of a stack: their ports, and their settings. */
public final class Services {
  public static final String USERS = "user-service";
  public static final String BILLING = "billing-service";
  public static final String GATEWAY = "gateway";

  /** The setting with the password of the first admin. */
  public static final String ADMIN_PASSWORD = "TALLYMAN_ADMIN_PASSWORD";

  private static final String WORKER = "worker";
  private static final String PROFILES_KEY = "TALLYMAN_PROFILES_KEY";

  /** Each database has the name of the role that owns it. */
  static final List<String> DATABASES = List.of("users", "billing");

  private final StackOptions options;
  private final DataDirectory directory;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<String, Integer> managementPorts = new HashMap<>();

  /** New ones at each start, in memory only. */
  private final Map<String, String> secrets =
      Map.of(GATEWAY, KeptPassword.random(), WORKER, KeptPassword.random());

  Services(StackOptions options, DataDirectory directory) {
    this.options = options;
    this.directory = directory;
    ports.put(USERS, Ports.free());
    ports.put(BILLING, Ports.free());
    for (int number = 1; number <= options.workers(); number++) {
      ports.put(WORKER + "-" + number, Ports.free());
    }
    ports.put(GATEWAY, options.port() == 0 ? Ports.free() : options.port());
    for (int number = 2; number <= options.gateways(); number++) {
      ports.put(GATEWAY + "-" + number, Ports.free());
    }
    ports.keySet().forEach(name -> managementPorts.put(name, Ports.free()));
  }

  boolean has(String name) {
    return ports.containsKey(name);
  }

  int port(String name) {
    return port(name, ports);
  }

  private static int port(String name, Map<String, Integer> ports) {
    Integer port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException("There is no service " + name + ".");
    }
    return port;
  }

  /**
   * The services that call others stop first, because a worker gives its tasks back when it stops.
   */
  List<List<String>> stopOrder() {
    List<String> first = ports.keySet().stream().filter(name -> !isOwner(name)).toList();
    return List.of(first, List.of(USERS, BILLING));
  }

  Set<Path> jars() {
    return ports.keySet().stream().map(this::jar).collect(Collectors.toSet());
  }

  List<ServiceProgram> programs(EmbeddedDatabase database, URI broker) {
    List<ServiceProgram> programs = new ArrayList<>();
    for (String name : ports.keySet()) {
      programs.add(
          new ServiceProgram(
              name,
              jar(name),
              port(name),
              environment(name, database, broker),
              directory.newLog(name)));
    }
    return programs;
  }

  private Map<String, String> environment(String name, EmbeddedDatabase database, URI broker) {
    Map<String, String> environment = new HashMap<>(options.environment());
    // All parts call each other on this machine, with http:// addresses.
    environment.put("TALLYMAN_TLS_CERTIFICATE", "");
    environment.put("TALLYMAN_TLS_KEY", "");
    environment.putAll(
        switch (name) {
          case USERS -> database("users", database);
          case BILLING -> database("billing", database);
          default -> Map.of("TALLYMAN_BILLING_SERVICE_URL", url(BILLING));
        });
    environment.put("TALLYMAN_MANAGEMENT_PORT", "" + port(name, managementPorts));
    secretsOf(module(name)).forEach(caller -> environment.put(secret(caller), secrets.get(caller)));
    if (name.equals(USERS) && !isChosen(PROFILES_KEY)) {
      environment.put(PROFILES_KEY, directory.profilesKey());
    }
    if (name.equals(USERS) && System.getenv(ADMIN_PASSWORD) == null) {
      environment.computeIfAbsent(ADMIN_PASSWORD, _ -> directory.adminPassword());
    }
    if (!name.equals(USERS)) {
      environment.put("TALLYMAN_USER_SERVICE_URL", url(USERS));
      environment.put("TALLYMAN_BROKER_URI", broker.toString());
    }
    if (name.equals(BILLING) || isWorker(name)) {
      environment.put("TALLYMAN_STORE_DIRECTORY", directory.store().toString());
    }
    if (isWorker(name)) {
      environment.put("TALLYMAN_WORKER_ID", name);
    }
    if (module(name).equals(GATEWAY) && options.workers() > 0) {
      environment.put("TALLYMAN_WORKER_URL", url(WORKER + "-1"));
    }
    return environment;
  }

  /** The callers of a service, and itself if it calls others. */
  private static List<String> secretsOf(String module) {
    return module.equals(GATEWAY) ? List.of(GATEWAY) : List.of(GATEWAY, WORKER);
  }

  private static String secret(String caller) {
    return "TALLYMAN_SECRETS_" + caller.toUpperCase(Locale.ROOT);
  }

  /** Whether the user of the stack has given the setting, itself or in a file. */
  private boolean isChosen(String setting) {
    return Stream.of(setting, setting + "_FILE")
        .anyMatch(name -> System.getenv(name) != null || options.environment().containsKey(name));
  }

  private Map<String, String> database(String name, EmbeddedDatabase database) {
    return Map.of(
        "TALLYMAN_DATABASE_URL", database.jdbcUrl(name),
        "TALLYMAN_DATABASE_USER", name,
        "TALLYMAN_DATABASE_PASSWORD", directory.password(name));
  }

  String url(String name) {
    return Ports.url(port(name));
  }

  String managementUrl(String name) {
    return Ports.url(port(name, managementPorts));
  }

  private Path jar(String name) {
    String module = module(name);
    return options.home().resolve(module).resolve("target").resolve(module + ".jar");
  }

  /** The name of a process without its number. */
  private static String module(String name) {
    return name.replaceFirst("-\\d+$", "");
  }

  /** Whether a process is one of the workers, which are numbered. */
  static boolean isWorker(String name) {
    return name.startsWith(WORKER + "-");
  }

  private static boolean isOwner(String name) {
    return name.equals(USERS) || name.equals(BILLING);
  }
}
