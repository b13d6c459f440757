package io.tallyman.e2e.kubernetes;

import java.nio.file.Path;
import java.util.List;

/** The example of an overlay. */
final class Example {
  static final Path HOME = Path.of("..", "..");
  static final Path KUBERNETES = HOME.resolve("deploy/kubernetes");
  static final Path OVERLAY = KUBERNETES.resolve("overlays/example");

  private Example() {}

  /** The unchanged example. */
  static Manifests manifests() {
    return Manifests.of(Rendering.of(OVERLAY));
  }

  /**
   * The example with another component.
   *
   * @param component the name of the component's folder
   */
  static Manifests with(String component) {
    return Manifests.of(Rendering.of(OVERLAY, List.of("../../components/" + component)));
  }

  static Manifests withoutComponents() {
    return Manifests.of(Rendering.of(OVERLAY, List.of()));
  }
}
