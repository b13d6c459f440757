package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** How an image gets its AOT cache. */
@OnContainers
final class TrainedImageIT {
  private static final Path HOME = Path.of(System.getProperty("tallyman.home"));
  private static final String CALLS = "/calls";

  /** Starts the service, but fails at the first start from the new cache. */
  private static final String CRASHES_ONCE =
      """
      #!/bin/sh
      echo "$AOT_OPTION" >>%s
      case $AOT_OPTION in
        -XX:AOTCache=*) mkdir /crashed 2>/dev/null && exit 134 ;;
      esac
      exec /run-service
      """
          .formatted(CALLS);

  @Test
  void whatAJvmCrashesOnIsWrittenAnew() {
    try (GenericContainer<?> training =
        new GenericContainer<>(DockerImageName.parse(ServiceImages.IMAGES.of("worker")))) {
      training
          .withCreateContainerCmdModifier(
              command -> command.withUser("root").withEntrypoint("train-service"))
          .withCopyFileToContainer(
              MountableFile.forHostPath(HOME.resolve("deploy/image/run-service")), "/run-service")
          .withCopyToContainer(Transferable.of(CRASHES_ONCE, 0755), "/usr/local/bin/run-service")
          .withStartupCheckStrategy(
              new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(2)))
          .start();

      String calls =
          training.copyFileFromContainer(
              CALLS, file -> new String(file.readAllBytes(), StandardCharsets.UTF_8));
      // More may follow, because the JVM itself sometimes writes a cache that crashes it.
      assertThat(calls.lines())
          .startsWith(
              "-XX:AOTCacheOutput=/app/service.aot",
              "-XX:AOTCache=/app/service.aot",
              "-XX:AOTCacheOutput=/app/service.aot",
              "-XX:AOTCache=/app/service.aot");
    }
  }
}
