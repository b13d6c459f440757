package io.tallyman.bench.backing;

import io.tallyman.testing.Images;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** PostgreSQL and RabbitMQ in containers, set up as in compose.yaml, and a user for the peer. */
public final class Containers implements Backing {
  private static final int POSTGRES_PORT = 5432;
  private static final int BROKER_PORT = 5672;
  private static final String PEER = "peer";
  private static final Duration START_TIME = Duration.ofMinutes(3);
  private static final String SCRIPTS = "io/tallyman/testing/";

  private final Images images = Images.ofEnvironment();
  private final Map<String, String> passwords = new HashMap<>();
  private final GenericContainer<?> postgres = postgres(images.postgres());
  private final GenericContainer<?> rabbitmq = rabbitmq(images.rabbitmq());

  private Containers() {}

  public static boolean arePossible() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** Returns when both accept connections. */
  public static Containers start() {
    Containers containers = new Containers();
    Runtime.getRuntime().addShutdownHook(new Thread(containers::close, "stop-containers"));
    try {
      Startables.deepStart(containers.postgres, containers.rabbitmq).join();
      containers.addPeer();
      return containers;
    } catch (RuntimeException failure) {
      containers.close();
      throw failure;
    }
  }

  @Override
  public String description() {
    return "%s and %s in containers".formatted(images.postgres(), images.rabbitmq());
  }

  @Override
  public String postgres() {
    return address(postgres, POSTGRES_PORT);
  }

  @Override
  public String password(String role) {
    return passwords.computeIfAbsent(role, _ -> UUID.randomUUID().toString().replace("-", ""));
  }

  @Override
  public URI broker(String user) {
    String host = user.equals(PEER) ? PEER : "tallyman";
    return URI.create(
        "amqp://%s:%s@%s/%s".formatted(user, password(user), address(rabbitmq, BROKER_PORT), host));
  }

  @Override
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> processes = new HashMap<>();
    process(postgres, "postgres", processes);
    process(rabbitmq, "rabbitmq", processes);
    return processes;
  }

  @Override
  public void close() {
    List.of(postgres, rabbitmq).parallelStream().forEach(GenericContainer::stop);
  }

  /** A container in a virtual machine has a process id that means nothing, or another process. */
  private static void process(
      GenericContainer<?> container, String name, Map<String, ProcessHandle> processes) {
    Long id = container.getCurrentContainerInfo().getState().getPidLong();
    if (id != null && System.getProperty("os.name").equals("Linux")) {
      ProcessHandle.of(id).ifPresent(process -> processes.put(name, process));
    }
  }

  private void addPeer() {
    // Its port is open before it accepts commands.
    broker("await_startup");
    broker("add_vhost", PEER);
    broker("add_user", PEER, password(PEER));
    broker("set_permissions", "-p", PEER, PEER, ".*", ".*", ".*");
  }

  private void broker(String... command) {
    String[] complete = new String[command.length + 1];
    complete[0] = "rabbitmqctl";
    System.arraycopy(command, 0, complete, 1, command.length);
    try {
      ExecResult result = rabbitmq.execInContainer(complete);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException("rabbitmqctl %s: %s".formatted(command[0], result));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The benchmark was interrupted.", e);
    }
  }

  private GenericContainer<?> postgres(String image) {
    return new GenericContainer<>(DockerImageName.parse(image))
        .withEnv("POSTGRES_PASSWORD", password("postgres"))
        .withEnv("USERS_PASSWORD", password("users"))
        .withEnv("BILLING_PASSWORD", password("billing"))
        .withCopyToContainer(
            script("postgres/databases.sh"), "/docker-entrypoint-initdb.d/databases.sh")
        .withCommand(
            "postgres -c shared_buffers=256MB -c max_wal_size=4GB -c wal_compression=on".split(" "))
        .withSharedMemorySize(256L << 20)
        .withExposedPorts(POSTGRES_PORT)
        .withStartupTimeout(START_TIME)
        // Over TCP: while PostgreSQL creates its data, it listens only on its Unix socket.
        .waitingFor(Wait.forListeningPort());
  }

  private GenericContainer<?> rabbitmq(String image) {
    return new GenericContainer<>(DockerImageName.parse(image))
        .withEnv("BROKER_BILLING_PASSWORD", password("billing-service"))
        .withEnv("BROKER_WORKER_PASSWORD", password("worker"))
        .withEnv("BROKER_GATEWAY_PASSWORD", password("gateway"))
        .withCopyToContainer(script("rabbitmq/start.sh"), "/tallyman/start.sh")
        .withCreateContainerCmdModifier(
            create -> create.withHostName("rabbitmq").withEntrypoint("sh", "/tallyman/start.sh"))
        .withExposedPorts(BROKER_PORT)
        .withStartupTimeout(START_TIME)
        .waitingFor(Wait.forListeningPort());
  }

  private static MountableFile script(String name) {
    return MountableFile.forClasspathResource(SCRIPTS + name, 0755);
  }

  private static String address(GenericContainer<?> container, int port) {
    return container.getHost().replace("localhost", "127.0.0.1")
        + ":"
        + container.getMappedPort(port);
  }
}
