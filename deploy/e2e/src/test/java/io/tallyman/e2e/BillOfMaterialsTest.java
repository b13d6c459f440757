package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A build without {@code -Dquick} makes the bills. */
final class BillOfMaterialsTest {
  @ParameterizedTest
  @ValueSource(strings = {"user-service", "billing-service", "gateway", "worker"})
  void billOfAServiceHasAllItsLibraries(String service) throws IOException {
    Path target = Path.of("..", "..", service, "target");

    JsonNode bill = JsonMapper.shared().readTree(target.resolve("bom.json"));

    assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
    List<String> named =
        bill.get("components")
            .valueStream()
            .map(
                library -> library.get("name").asString() + "-" + library.get("version").asString())
            .toList();
    try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
      assertThat(named)
          .containsAll(
              libraries
                  .map(file -> file.getFileName().toString().replaceFirst("\\.jar$", ""))
                  .toList());
    }
  }
}
