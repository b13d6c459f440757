package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The canonical samples of what goes over the wire, compared with what a service writes and reads.
 */
public final class WireSamples {
  private final JsonMapper json;

  public WireSamples(RunningService service) {
    this.json = service.bean(JsonMapper.class);
  }

  public void assertWrites(String sample, Object written) throws IOException {
    assertThat(write(written)).isEqualTo(tree(sample(sample)));
  }

  public <T> void assertReads(String sample, Class<T> type, T expected) throws IOException {
    assertThat(read(sample, type)).isEqualTo(expected);
  }

  /** Reads a sample to which a later version has added a field. */
  public <T> T read(String name, Class<T> type) throws IOException {
    String later = sample(name).replaceFirst("\\{", "{\"added_later\": {\"a\": [1]}, ");
    return Objects.requireNonNull(json.readValue(later, type));
  }

  public JsonNode tree(String text) throws IOException {
    return Objects.requireNonNull(json.readValue(text, JsonNode.class));
  }

  public JsonNode write(Object value) throws IOException {
    return tree(json.writeValueAsString(value));
  }

  public static String sample(String name) throws IOException {
    return Files.readString(Path.of("src/wire", name + ".json"), StandardCharsets.UTF_8);
  }
}
