package io.tallyman.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.bench.backing.Backing;
import io.tallyman.bench.backing.Embedded;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TallymanSettingsTest {
  @TempDir Path directory;

  @Test
  void everyServiceHasAManagementPortOfItsOwn() {
    try (Backing backing = Embedded.start(directory)) {
      TallymanSettings settings =
          new TallymanSettings(backing, directory, name -> "http://127.0.0.1/" + name);

      assertThat(
              Stream.of("user-service", "billing-service", "gateway", "worker-1", "worker-2")
                  .map(name -> settings.of(name).get("TALLYMAN_MANAGEMENT_PORT")))
          .doesNotContainNull()
          .doesNotHaveDuplicates();
    }
  }
}
