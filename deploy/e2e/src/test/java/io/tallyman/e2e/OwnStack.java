package io.tallyman.e2e;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A stack for one test class, of the kind that {@link StackChoice} chooses. */
public final class OwnStack {
  private static final Path HOME = Path.of(System.getProperty("tallyman.home"));

  private OwnStack() {}

  /** Whether it runs in containers, where tests can break more. */
  public static boolean isInContainers() {
    return StackChoice.IN_CONTAINERS;
  }

  /**
   * A file of Linux about the process of a service, which contains its peak memory, for example.
   */
  public static String processStatus(TallymanStack stack, String part) {
    return stack instanceof ContainerStack containers
        ? containers.run(part, "cat", "/proc/1/status")
        : ((EmbeddedStack) stack).processStatus(part);
  }

  /** The address of the broker, with the user and password of billing-service. */
  public static URI broker(TallymanStack stack) {
    return stack instanceof ContainerStack containers
        ? containers.broker("billing-service")
        : ((EmbeddedStack) stack).stack().brokerUri();
  }

  /**
   * Stops the broker, and starts it again. The embedded one loses its messages.
   *
   * @param meanwhile runs while there is no broker
   */
  public static void restartBroker(TallymanStack stack, Runnable meanwhile) {
    if (stack instanceof ContainerStack containers) {
      containers.stop("rabbitmq");
      meanwhile.run();
      containers.restart("rabbitmq");
    } else {
      ((EmbeddedStack) stack).stack().restartBroker(meanwhile);
    }
  }

  /**
   * The embedded stack has one billing-service, and no limit of its sheet store, whatever the
   * layout says.
   */
  public static TallymanStack start(Layout layout, Map<String, String> settings) {
    return isInContainers()
        ? ContainerStack.start(ServiceImages.IMAGES, layout, settings)
        : EmbeddedStack.start(HOME, layout, settings);
  }
}
