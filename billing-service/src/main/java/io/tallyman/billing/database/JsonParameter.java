package io.tallyman.billing.database;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A value as JSON, to bind it to a statement. */
public final class JsonParameter {
  private JsonParameter() {}

  /**
   * @param value of types that the mapper can write
   */
  public static JsonNode of(JsonMapper json, Object value) {
    try {
      return json.writeValueToTree(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
