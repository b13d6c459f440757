package io.tallyman.embedded;

import static java.util.Objects.requireNonNull;

import io.tallyman.embedded.process.Ports;
import io.tallyman.embedded.process.StartFailure;
import java.lang.reflect.Field;
import java.net.URI;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Container;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/**
 * An AMQP 0-9-1 broker inside this JVM. It can be reached from this machine only, with a random
 * password, which only {@link #uri} tells.
 *
 * <p>It has confirms, mandatory returns, durable and exclusive queues. It keeps everything in
 * memory, so its messages are lost when it closes. It differs from RabbitMQ in two ways: if a queue
 * has an argument that begins with {@code x-}, it closes the connection, and after the return of a
 * mandatory message it sends a nack instead of a confirm.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final SystemLauncher launcher;
  private final int port;
  private final String password;

  private EmbeddedBroker(SystemLauncher launcher, int port, String password) {
    this.launcher = launcher;
    this.port = port;
    this.password = password;
  }

  /**
   * Returns when clients can connect.
   *
   * @param port 0 for a free one
   * @throws StartFailure if the port is taken, or the broker does not start for another reason
   */
  public static EmbeddedBroker start(int port) {
    return start(port == 0 ? Ports.free() : port, KeptPassword.random());
  }

  /**
   * Like {@link #start}, on the port and with the password of this broker, which must be closed.
   */
  public EmbeddedBroker startAgain() {
    return start(port, password);
  }

  private static EmbeddedBroker start(int chosen, String password) {
    if (Ports.isTaken(chosen)) {
      throw new StartFailure("The broker cannot start: port " + chosen + " is taken.");
    }
    StartListener listener = new StartListener();
    SystemLauncher launcher = new SystemLauncher(listener);
    try {
      launcher.startup(
          Map.of(
              SystemConfig.TYPE,
              "Memory",
              SystemConfig.INITIAL_CONFIGURATION_LOCATION,
              "classpath:io/tallyman/embedded/broker.json",
              SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
              false,
              "preferenceStoreAttributes",
              Map.of("type", "Noop"),
              SystemConfig.CONTEXT,
              Map.of(
                  "tallyman.broker.port",
                  Integer.toString(chosen),
                  "tallyman.broker.password",
                  password,
                  SystemConfig.QPID_WORK_DIR,
                  System.getProperty("java.io.tmpdir"))));
    } catch (Exception e) {
      throw new StartFailure("The broker did not start: " + e.getMessage(), e);
    }
    if (listener.failure != null) {
      throw new StartFailure(
          "The broker did not start: " + listener.failure.getMessage(), listener.failure);
    }
    leaveStopToUs(listener.container());
    return new EmbeddedBroker(launcher, chosen, password);
  }

  public int port() {
    return port;
  }

  /** The address for clients, with user, password and virtual host. */
  public URI uri() {
    return URI.create("amqp://tallyman:" + password + "@127.0.0.1:" + port + "/%2f");
  }

  @Override
  public void close() {
    launcher.shutdown();
  }

  // When the JVM is asked to end, the broker stops itself, but running services still need it. The
  // broker has no setting for this: its hook is in a private field. EmbeddedBrokerTest fails if the
  // field changes, or if its hook is not the one that the JVM would run.
  private static void leaveStopToUs(Container<?> container) {
    try {
      Class<?> type = container.getClass();
      while (!type.getSimpleName().equals("BrokerImpl")) {
        type = type.getSuperclass();
      }
      Field hook = type.getDeclaredField("_shutdownHook");
      hook.setAccessible(true);
      if (!Runtime.getRuntime().removeShutdownHook((Thread) hook.get(container))) {
        throw new IllegalStateException("The broker's shutdown hook was not found.");
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "The version of the broker has changed: its shutdown hook was not found.", e);
    }
  }

  // The broker's launcher logs a failure and returns normally.
  private static final class StartListener extends DefaultSystemLauncherListener {
    private @Nullable SystemConfig<?> system;
    private @Nullable RuntimeException failure;

    private Container<?> container() {
      return requireNonNull(system, "The broker has started.").getContainer();
    }

    @Override
    public void onContainerResolve(SystemConfig<?> resolved) {
      system = resolved;
    }

    @Override
    public void errorOnStartup(RuntimeException e) {
      failure = e;
    }
  }
}
