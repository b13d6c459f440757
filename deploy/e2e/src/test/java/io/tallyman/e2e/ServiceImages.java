package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.testing.Images;
import java.nio.file.Path;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** Builds images of the current services, with the Dockerfile of operators. */
final class ServiceImages {
  private static final String VERSION = "e2e";
  private static final String JRE_IMAGE = "JRE_IMAGE";

  private ServiceImages() {}

  /** One after the other, because each build starts its service. Docker reuses unchanged layers. */
  static Images build(Path home) {
    Images images = Images.ofEnvironment().withServices("tallyman", VERSION);
    KnownSettings.SERVICES.forEach(service -> build(home, service, images.of(service)));
    return images;
  }

  private static void build(Path home, String service, String name) {
    ImageFromDockerfile image =
        new ImageFromDockerfile(name, false)
            .withFileFromPath("Dockerfile", home.resolve("deploy/Dockerfile"))
            .withFileFromPath("deploy/image", home.resolve("deploy/image"))
            .withFileFromPath(jar(service), home.resolve(jar(service)))
            .withFileFromPath(libraries(service), home.resolve(libraries(service)))
            .withBuildArg("SERVICE", service);
    String jre = System.getenv(JRE_IMAGE);
    if (jre != null) {
      image = image.withBuildArg(JRE_IMAGE, jre);
    }
    assertThat(image.get()).isEqualTo(name);
  }

  private static String jar(String service) {
    return service + "/target/" + service + ".jar";
  }

  private static String libraries(String service) {
    return service + "/target/lib";
  }
}
