package io.tallyman.e2e;

import io.tallyman.testing.Images;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Images of the current services, built by compose as operators build them. */
final class ServiceImages {
  static final Images IMAGES = build();

  private ServiceImages() {}

  /** Once in a run, since each image starts its service twice. */
  private static Images build() {
    try {
      Compose.ofThisBuild(Files.createTempDirectory("tallyman-compose-")).run("build");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
    return Images.ofEnvironment().withServices("tallyman", Compose.VERSION);
  }
}
