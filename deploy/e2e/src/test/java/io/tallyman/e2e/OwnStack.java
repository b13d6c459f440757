package io.tallyman.e2e;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.nio.file.Path;
import java.util.Map;

/** A stack for one test alone, as {@link StackChoice} has it. */
public final class OwnStack {
  private static final Path HOME = Path.of(System.getProperty("tallyman.home"));

  private OwnStack() {}

  /** Whether it is in containers, where more can be broken. */
  public static boolean isInContainers() {
    return StackChoice.IN_CONTAINERS;
  }

  /** What Linux tells of the process of a service, such as the memory that it has had at most. */
  public static String processStatus(TallymanStack stack, String part) {
    return stack instanceof ContainerStack containers
        ? containers.run(part, "cat", "/proc/1/status")
        : ((EmbeddedStack) stack).processStatus(part);
  }

  /** On the embedded one there is one of each service but the worker. */
  public static TallymanStack start(Layout layout, Map<String, String> settings) {
    return isInContainers()
        ? ContainerStack.start(ServiceImages.IMAGES, layout, settings)
        : EmbeddedStack.start(HOME, layout.workers(), settings);
  }
}
