package io.tallyman.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Ports.Binding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startables;

/**
 * Tallyman in containers of its images, with RabbitMQ and PostgreSQL, as operators run it. The
 * services run as an unprivileged user on a read-only root file system. Each service has a database
 * role or a broker user with only the permissions that it needs.
 *
 * <pre>{@code
 * @AutoClose private static final TallymanStack TALLYMAN = ContainerStack.start();
 * }</pre>
 *
 * <p>Needs a Docker engine that Testcontainers can find.
 */
public final class ContainerStack implements TallymanStack {
  /** The same as in compose.yaml. A service that has not ended by then is killed. */
  private static final int STOP_SECONDS = 35;

  private static final int MOST_TRIES = 5;

  private final StackContainers containers;
  private final RoleTokens tokens = new RoleTokens(this::gateway, this::adminPassword);

  private ContainerStack(StackContainers containers) {
    this.containers = containers;
  }

  /**
   * Like {@link #start(Images, int, Map)}, with the default images, one worker and no more
   * settings.
   */
  public static ContainerStack start() {
    return start(Images.ofEnvironment(), 1, Map.of());
  }

  /**
   * Returns when every service is ready.
   *
   * @param workers the number of workers; each is a separate part
   * @param settings more settings for every service, such as {@code TALLYMAN_WORKER_SLOTS}
   * @throws org.testcontainers.containers.ContainerLaunchException with the log of the part that
   *     did not start; nothing is left running
   */
  public static ContainerStack start(Images images, int workers, Map<String, String> settings) {
    return start(images, Layout.ofWorkers(workers), settings);
  }

  /**
   * Like {@link #start(Images, int, Map)}, with several instances of other services too. Their
   * parts are {@code billing-service}, {@code billing-service-2} and so on.
   */
  public static ContainerStack start(Images images, Layout layout, Map<String, String> settings) {
    return start(images, layout, settings, (_, _) -> {});
  }

  /**
   * Like {@link #start(Images, Layout, Map)}, with parts that can be changed one by one.
   *
   * @param change called with the name and the container of each part, before the first part is
   *     started
   */
  public static ContainerStack start(
      Images images,
      Layout layout,
      Map<String, String> settings,
      BiConsumer<String, GenericContainer<?>> change) {
    ContainerStack stack = new ContainerStack(new StackContainers(images, layout, settings));
    stack.parts().forEach(part -> change.accept(part, stack.container(part)));
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-containers"));
    try {
      Startables.deepStart(stack.containers.all()).join();
      return stack;
    } catch (RuntimeException failure) {
      stack.close();
      throw failure;
    }
  }

  @Override
  public URI gateway() {
    return gateway("gateway");
  }

  @Override
  public URI gateway(String part) {
    return URI.create("http://" + address(part, StackContainers.HTTP_PORT));
  }

  @Override
  public String token(String role) {
    return tokens.token(role);
  }

  @Override
  public String adminPassword() {
    return containers.adminPassword();
  }

  @Override
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s/%s?user=%s&password=%s"
        .formatted(
            address("postgres", StackContainers.POSTGRES_PORT),
            database,
            database,
            containers.password(database));
  }

  /**
   * The address of RabbitMQ with the user and password of a service. It changes when RabbitMQ is
   * killed.
   *
   * @param service {@code billing-service}, {@code worker} or {@code gateway}
   */
  public URI broker(String service) {
    return URI.create(
        "amqp://%s:%s@%s/tallyman"
            .formatted(
                service,
                containers.password(service),
                address("rabbitmq", StackContainers.BROKER_PORT)));
  }

  @Override
  public List<String> parts() {
    return containers.names();
  }

  @Override
  public void kill(String part) {
    try {
      docker().killContainerCmd(id(part)).exec();
    } catch (ConflictException dead) {
      // The part has ended by itself, and Docker is about to start it again.
    }
    restart(part);
  }

  @Override
  public void stopAndStart(String part) {
    stop(part);
    restart(part);
  }

  /** Stops this part gracefully, as operators do, until {@link #restart}. */
  public void stop(String part) {
    docker().stopContainerCmd(id(part)).withTimeout(STOP_SECONDS).exec();
  }

  /** Starts a stopped part. May return before it is ready. */
  public void restart(String part) {
    try {
      docker().startContainerCmd(id(part)).exec();
    } catch (NotModifiedException running) {
      // It was started meanwhile.
    }
  }

  /**
   * Disconnects this part from the network, so that no other part can reach it, until {@link
   * #join}.
   */
  public void cutOff(String part) {
    docker()
        .disconnectFromNetworkCmd()
        .withContainerId(id(part))
        .withNetworkId(containers.network())
        .exec();
  }

  /** Connects this part to the network again, under its name. */
  public void join(String part) {
    ContainerNetwork known =
        new ContainerNetwork().withAliases(container(part).getNetworkAliases());
    docker()
        .connectToNetworkCmd()
        .withContainerId(id(part))
        .withNetworkId(containers.network())
        .withContainerNetwork(known)
        .exec();
  }

  /** Fills the sheet store of limited size completely, until {@link #emptyStore}. */
  public void fillStore() {
    run(StackContainers.STORE, "sh", "-c", "cat /dev/zero >/store/filler || true");
  }

  public void emptyStore() {
    run(StackContainers.STORE, "rm", "-f", "/store/filler");
  }

  /** Tries again if Docker could not freeze all processes in time, which happens under load. */
  @Override
  public void pause(String part) {
    for (int tries = 1; ; tries++) {
      try {
        docker().pauseContainerCmd(id(part)).exec();
        return;
      } catch (InternalServerErrorException notFrozen) {
        if (tries == MOST_TRIES) {
          throw notFrozen;
        }
      }
    }
  }

  @Override
  public void resume(String part) {
    docker().unpauseContainerCmd(id(part)).exec();
  }

  /**
   * Runs a program inside this part and returns its output.
   *
   * @throws IllegalStateException if its exit code is not 0
   */
  public String run(String part, String... command) {
    try {
      ExecResult result = container(part).execInContainer(command);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " in " + part + ": " + result);
      }
      return result.getStdout();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
  }

  @Override
  public String log(String part) {
    return container(part).getLogs();
  }

  @Override
  public List<String> sheetFiles() {
    String found =
        run("billing-service", "find", "/store/sheets", "-type", "f", "-printf", "%f\\n");
    return found.lines().toList();
  }

  @Override
  public void close() {
    containers.remove();
  }

  /** The current address, because a published port changes when a container starts again. */
  private String address(String part, int port) {
    GenericContainer<?> container = container(part);
    Binding[] bindings =
        container
            .getCurrentContainerInfo()
            .getNetworkSettings()
            .getPorts()
            .getBindings()
            .entrySet()
            .stream()
            .filter(published -> published.getKey().getPort() == port)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(part + " does not run."))
            .getValue();
    return container.getHost() + ":" + bindings[0].getHostPortSpec();
  }

  private String id(String part) {
    return container(part).getContainerId();
  }

  private GenericContainer<?> container(String part) {
    return containers.get(part);
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }
}
