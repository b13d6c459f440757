package io.tallyman.testing;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Creates the containers of a stack, their network and the volume of the sheet store, but does not
 * start them.
 */
final class StackContainers {
  static final int HTTP_PORT = 8080;
  private static final String USER_SERVICE = "http://user-service:" + HTTP_PORT;
  static final int POSTGRES_PORT = 5432;
  static final int BROKER_PORT = 5672;

  /** The part that keeps a sheet store of limited size alive. */
  static final String STORE = "store";

  /** The user id of the services in their images. */
  private static final int USER = 10001;

  private static final long MEMORY = 512L << 20;
  private static final Duration START_TIME = Duration.ofMinutes(2);

  /** Restarts a part that ends, for example because another part is away, as compose does. */
  private static final int MOST_RESTARTS = 8;

  /**
   * The start of a stack waits for readiness itself. The check of the image would start a process
   * every 5 s in each container.
   */
  private static final HealthCheck NO_HEALTH_CHECK = new HealthCheck().withTest(List.of("NONE"));

  /**
   * A test's stack lives for minutes: the second compiler would take more than it saves. But
   * hashing passwords is so much work that user-service needs it, for code that runs very often.
   */
  private static final String HASHING =
      "-XX:Tier4InvocationThreshold=40000 -XX:Tier4MinInvocationThreshold=5000"
          + " -XX:Tier4CompileThreshold=100000";

  private static final String ADMIN_PASSWORD = "TALLYMAN_ADMIN_PASSWORD";
  private static final String SCRIPTS = "io/tallyman/testing/";

  private final Images images;
  private final Map<String, String> settings;
  private final Network network = Network.newNetwork();
  private final String store = "tallyman-" + UUID.randomUUID();
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<String, GenericContainer<?>> containers = new LinkedHashMap<>();

  StackContainers(Images images, Layout layout, Map<String, String> settings) {
    this.images = images;
    this.settings = settings;
    if (layout.storeMegabytes() > 0) {
      limitStore(layout.storeMegabytes());
    }
    GenericContainer<?> postgres = add("postgres", postgres());
    GenericContainer<?> rabbitmq = add("rabbitmq", rabbitmq());
    GenericContainer<?> users =
        add("user-service", service("user-service", users()).dependsOn(postgres));
    for (String name : numbered("billing-service", layout.billingServices())) {
      add(name, service("billing-service", billing()))
          .withNetworkAliases("billing-service")
          .dependsOn(postgres, rabbitmq);
    }
    GenericContainer<?> billing = get("billing-service");
    for (int number = 1; number <= layout.workers(); number++) {
      String name = "worker-" + number;
      Map<String, String> environment = peers();
      environment.put("TALLYMAN_WORKER_ID", name);
      add(name, service("worker", environment))
          .withNetworkAliases("worker")
          .dependsOn(users, billing);
    }
    for (String name : numbered("gateway", layout.gateways())) {
      Map<String, String> environment = peers();
      environment.put("TALLYMAN_WORKER_URL", "http://worker:" + HTTP_PORT);
      add(name, service("gateway", environment)).dependsOn(users, billing);
    }
  }

  String network() {
    return network.getId();
  }

  Collection<GenericContainer<?>> all() {
    return containers.values();
  }

  List<String> names() {
    return List.copyOf(containers.keySet());
  }

  GenericContainer<?> get(String name) {
    GenericContainer<?> container = containers.get(name);
    if (container == null) {
      throw new IllegalArgumentException("There is no " + name + " among " + names() + ".");
    }
    return container;
  }

  /** The password of a user of the database or the broker, or a secret; letters and digits. */
  String password(String user) {
    return passwords.computeIfAbsent(user, _ -> UUID.randomUUID().toString().replace("-", ""));
  }

  /** Chosen by the settings, or random. */
  String adminPassword() {
    String chosen = settings.get(ADMIN_PASSWORD);
    return chosen == null ? password("admin") : chosen;
  }

  void remove() {
    containers.values().parallelStream().forEach(GenericContainer::stop);
    network.close();
    try {
      DockerClientFactory.instance().client().removeVolumeCmd(store).exec();
    } catch (NotFoundException none) {
      // The volume was never created.
    }
  }

  /**
   * A sheet store of limited size is in memory. The memory is freed when no container uses it, so
   * this part uses it while other parts are killed.
   */
  private void limitStore(int megabytes) {
    Map<String, String> options =
        Map.of(
            "type",
            "tmpfs",
            "device",
            "tmpfs",
            "o",
            "size=%dm,uid=%d,gid=%d".formatted(megabytes, USER, USER));
    DockerClientFactory.instance()
        .client()
        .createVolumeCmd()
        .withName(store)
        .withDriver("local")
        .withDriverOpts(options)
        .exec();
    add(STORE, container(images.postgres()))
        .withCreateContainerCmdModifier(
            create -> {
              create.withEntrypoint("sleep", "infinity");
              requireNonNull(create.getHostConfig()).withMounts(List.of(storeMount()));
            });
  }

  private Mount storeMount() {
    return new Mount().withType(MountType.VOLUME).withSource(store).withTarget("/store");
  }

  /** The first instance has no number, as when there is only one. */
  private static List<String> numbered(String service, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> number == 1 ? service : service + "-" + number)
        .toList();
  }

  private GenericContainer<?> add(String name, GenericContainer<?> container) {
    containers.put(name, container);
    return container
        .withNetwork(network)
        .withNetworkAliases(name)
        .withStartupTimeout(START_TIME)
        .withCreateContainerCmdModifier(
            create ->
                requireNonNull(create.getHostConfig())
                    .withRestartPolicy(RestartPolicy.onFailureRestart(MOST_RESTARTS)));
  }

  private GenericContainer<?> postgres() {
    return container(images.postgres())
        .withEnv("POSTGRES_PASSWORD", password("postgres"))
        .withEnv("USERS_PASSWORD", password("users"))
        .withEnv("USERS_OWNER_PASSWORD", password("users_owner"))
        .withEnv("BILLING_PASSWORD", password("billing"))
        .withEnv("BILLING_OWNER_PASSWORD", password("billing_owner"))
        .withCopyToContainer(
            script("postgres/databases.sh"), "/docker-entrypoint-initdb.d/databases.sh")
        .withExposedPorts(POSTGRES_PORT)
        // Over TCP: while PostgreSQL creates its data, it listens only on its Unix socket.
        .waitingFor(Wait.forListeningPort());
  }

  private GenericContainer<?> rabbitmq() {
    return container(images.rabbitmq())
        .withEnv("BROKER_BILLING_PASSWORD", password("billing-service"))
        .withEnv("BROKER_WORKER_PASSWORD", password("worker"))
        .withEnv("BROKER_GATEWAY_PASSWORD", password("gateway"))
        .withCopyToContainer(script("rabbitmq/start.sh"), "/tallyman/start.sh")
        .withCreateContainerCmdModifier(
            create -> create.withHostName("rabbitmq").withEntrypoint("sh", "/tallyman/start.sh"))
        .withExposedPorts(BROKER_PORT)
        .waitingFor(Wait.forListeningPort());
  }

  private GenericContainer<?> service(String service, Map<String, String> environment) {
    GenericContainer<?> container =
        container(images.of(service))
            .withEnv(
                "JDK_JAVA_OPTIONS",
                service.equals("user-service") ? HASHING : "-XX:TieredStopAtLevel=1")
            .withEnv(secrets(service))
            .withEnv(settings)
            .withEnv(environment)
            .withTmpFs(Map.of("/tmp", "size=64m"))
            .withCreateContainerCmdModifier(
                create ->
                    requireNonNull(create.withHealthcheck(NO_HEALTH_CHECK).getHostConfig())
                        .withMounts(mounts(service))
                        .withReadonlyRootfs(true)
                        .withMemory(MEMORY)
                        .withCapDrop(Capability.ALL))
            .withExposedPorts(HTTP_PORT)
            .waitingFor(Wait.forHttp("/health/readiness").forPort(HTTP_PORT));
    if (!service.equals("user-service")) {
      container.withEnv(
          "TALLYMAN_BROKER_URI",
          "amqp://%s:%s@rabbitmq:%d/tallyman".formatted(service, password(service), BROKER_PORT));
    }
    return container;
  }

  /** The secrets of the callers of a service, and its own if it calls others. */
  private Map<String, String> secrets(String service) {
    String gateway = password("gateway-secret");
    String worker = password("worker-secret");
    return service.equals("gateway")
        ? Map.of("TALLYMAN_SECRETS_GATEWAY", gateway)
        : Map.of("TALLYMAN_SECRETS_GATEWAY", gateway, "TALLYMAN_SECRETS_WORKER", worker);
  }

  private Map<String, String> database(String name) {
    String owner = name + "_owner";
    return Map.of(
        "TALLYMAN_DATABASE_URL",
        "jdbc:postgresql://postgres:" + POSTGRES_PORT + "/" + name,
        "TALLYMAN_DATABASE_USER",
        name,
        "TALLYMAN_DATABASE_PASSWORD",
        password(name),
        "TALLYMAN_DATABASE_OWNER_USER",
        owner,
        "TALLYMAN_DATABASE_OWNER_PASSWORD",
        password(owner));
  }

  private Map<String, String> users() {
    Map<String, String> environment = new HashMap<>(database("users"));
    environment.put(ADMIN_PASSWORD, adminPassword());
    return environment;
  }

  private Map<String, String> billing() {
    Map<String, String> environment = new HashMap<>(database("billing"));
    environment.put("TALLYMAN_USER_SERVICE_URL", USER_SERVICE);
    return environment;
  }

  private static Map<String, String> peers() {
    Map<String, String> peers = new HashMap<>();
    peers.put("TALLYMAN_USER_SERVICE_URL", USER_SERVICE);
    peers.put("TALLYMAN_BILLING_SERVICE_URL", "http://billing-service:" + HTTP_PORT);
    return peers;
  }

  private List<Mount> mounts(String service) {
    return switch (service) {
      case "billing-service", "worker" -> List.of(storeMount());
      default -> List.of();
    };
  }

  private static MountableFile script(String name) {
    return MountableFile.forClasspathResource(SCRIPTS + name, 0755);
  }

  private static GenericContainer<?> container(String image) {
    return new GenericContainer<>(DockerImageName.parse(image));
  }
}
