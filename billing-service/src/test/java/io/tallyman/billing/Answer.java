package io.tallyman.billing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** An HTTP answer of the service. */
public final class Answer {
  private final HttpResponse<byte[]> response;
  private final JsonMapper mapper;

  Answer(HttpResponse<byte[]> response, JsonMapper mapper) {
    this.response = response;
    this.mapper = mapper;
  }

  public int status() {
    return response.statusCode();
  }

  public byte[] bytes() {
    return response.body();
  }

  public String body() {
    return new String(bytes(), UTF_8);
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** All headers except those that differ in every answer. */
  public Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.keySet().removeAll(Set.of("date", "x-request-id"));
    return headers;
  }

  public JsonNode json() {
    try {
      return Objects.requireNonNull(mapper.readValue(bytes(), JsonNode.class));
    } catch (IOException failure) {
      throw new UncheckedIOException(body(), failure);
    }
  }

  /** The value of a field as text; {@code "null"} if it is null. */
  public String text(String... path) {
    JsonNode node = json();
    for (String name : path) {
      node = Objects.requireNonNull(node.get(name), () -> name + " is missing in " + body());
    }
    return node.coerceStringValue();
  }

  /** The last part of a problem's type. */
  public String problem() {
    return text("type").substring("urn:tallyman:problem:".length());
  }
}
