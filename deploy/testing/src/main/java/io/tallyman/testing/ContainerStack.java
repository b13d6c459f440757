package io.tallyman.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
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
 * Tallyman in containers of its images, on RabbitMQ and PostgreSQL as operators run them: the
 * services as an unprivileged user on a read-only root file system, each with a database role or a
 * broker user that may do just what it does.
 *
 * <pre>{@code
 * @AutoClose private static final TallymanStack TALLYMAN = ContainerStack.start();
 * }</pre>
 *
 * <p>Needs a Docker engine, as Testcontainers finds it.
 */
public final class ContainerStack implements TallymanStack {
  /** As compose has it for the services; what has not ended by then is killed. */
  private static final int STOP_SECONDS = 35;

  private final StackContainers containers;

  private ContainerStack(StackContainers containers) {
    this.containers = containers;
  }

  /**
   * As {@link #start(Images, int, Map)}, with the usual images, one worker and nothing else set.
   */
  public static ContainerStack start() {
    return start(Images.ofEnvironment(), 1, Map.of());
  }

  /**
   * Returns when every service says that it is ready.
   *
   * @param workers how many of them; each is a part of its own
   * @param settings more settings for every service, such as {@code TALLYMAN_WORKER_SLOTS}
   * @throws org.testcontainers.containers.ContainerLaunchException with the log of what did not
   *     start; nothing is left running
   */
  public static ContainerStack start(Images images, int workers, Map<String, String> settings) {
    return start(images, Layout.ofWorkers(workers), settings);
  }

  /**
   * As {@link #start(Images, int, Map)}, with several of other services too: their parts are {@code
   * billing-service}, {@code billing-service-2} and so on.
   */
  public static ContainerStack start(Images images, Layout layout, Map<String, String> settings) {
    return start(images, layout, settings, (_, _) -> {});
  }

  /**
   * As {@link #start(Images, Layout, Map)}, of parts that are not all alike.
   *
   * @param change told each part and what it is made of, before any is started
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

  /** The address of one of several gateways; another one after it was killed. */
  public URI gateway(String part) {
    return URI.create("http://" + address(part, StackContainers.HTTP_PORT));
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
   * The address of RabbitMQ with the user and password of a service; another one after RabbitMQ was
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
      // It has failed by itself, and is about to be started again.
    }
    restart(part);
  }

  @Override
  public void stopAndStart(String part) {
    stop(part);
    restart(part);
  }

  /** Ends this part as operators do, with time to tidy up, until {@link #restart}. */
  public void stop(String part) {
    docker().stopContainerCmd(id(part)).withTimeout(STOP_SECONDS).exec();
  }

  /** Starts what was stopped; may return before it is ready. */
  public void restart(String part) {
    try {
      docker().startContainerCmd(id(part)).exec();
    } catch (NotModifiedException running) {
      // It was started again meanwhile.
    }
  }

  /** Cuts this part off from all others, which hear nothing of it any more, until {@link #join}. */
  public void cutOff(String part) {
    docker()
        .disconnectFromNetworkCmd()
        .withContainerId(id(part))
        .withNetworkId(containers.network())
        .exec();
  }

  /** Lets what was cut off speak with the others again, and these find it under its name. */
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

  /** Takes all room that a sheet store of limited size has left, until {@link #emptyStore}. */
  public void fillStore() {
    run(StackContainers.STORE, "sh", "-c", "cat /dev/zero >/store/filler || true");
  }

  public void emptyStore() {
    run(StackContainers.STORE, "rm", "-f", "/store/filler");
  }

  @Override
  public void pause(String part) {
    docker().pauseContainerCmd(id(part)).exec();
  }

  @Override
  public void resume(String part) {
    docker().unpauseContainerCmd(id(part)).exec();
  }

  /**
   * What a program inside this part prints.
   *
   * @throws IllegalStateException when it does not end with 0
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

  /** Asked for anew, since a port that was published is another after a start. */
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
