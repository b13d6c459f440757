package io.tallyman.user;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the answers of the service. */
public final class Answers {
  private static final JsonMapper JSON = JsonMapper.createDefault();

  private Answers() {}

  /** The JSON of an answer, which must be 200. */
  public static JsonNode body(HttpResponse<String> answer) {
    assertThat(answer.code()).as(answer.body()).isEqualTo(200);
    try {
      return requireNonNull(JSON.readValue(requireNonNull(answer.body()), JsonNode.class));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The text of a field, which must be there. */
  public static String text(JsonNode body, String field) {
    return requireNonNull(body.get(field)).getStringValue();
  }

  public static void assertProblem(HttpResponse<String> answer, int status, String slug) {
    assertThat(answer.code()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("urn:tallyman:problem:" + slug);
  }
}
