package io.tallyman.user.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Saved views on the wire, as the canonical samples have them. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest implements RealDatabase {
  private static final String NAME = "Failed imports";
  private static final String QUERY = "status=FAILURE&task=billing.import";

  @Inject JsonMapper json;

  @Test
  void viewsAreWrittenAsTheirSamples() throws IOException {
    SavedView view = new SavedView(5, NAME, QUERY, Instant.parse("2026-01-02T03:04:05.678901Z"));
    assertWritten("saved-view", view);
    assertWritten("saved-views", new SavedViewList(List.of(view)));
  }

  @Test
  void requestIsReadFromItsSample() throws IOException {
    assertThat(json.readValue(sample("new-saved-view"), NewSavedView.class))
        .isEqualTo(new NewSavedView(NAME, QUERY));
  }

  private void assertWritten(String sample, Object value) throws IOException {
    assertThat(json.readValue(json.writeValueAsBytes(value), JsonNode.class))
        .isEqualTo(json.readValue(sample(sample), JsonNode.class));
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/wire", name + ".json"));
  }
}
