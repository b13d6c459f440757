package io.tallyman.e2e;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
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

  /** The embedded stack has one instance of each service except the worker. */
  public static TallymanStack start(Layout layout, Map<String, String> settings) {
    return isInContainers()
        ? ContainerStack.start(ServiceImages.IMAGES, layout, settings)
        : EmbeddedStack.start(HOME, layout.workers(), settings);
  }
}
