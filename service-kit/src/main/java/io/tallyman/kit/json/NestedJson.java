package io.tallyman.kit.json;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Encoder;
import io.micronaut.serde.Serializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * Writes JSON values that a service passes on unchanged. The framework's own serializer fails if
 * values are nested more than 64 levels deep.
 */
@Singleton
final class NestedJson implements Serializer<JsonNode> {
  @Override
  public void serialize(
      Encoder encoder, EncoderContext context, Argument<? extends JsonNode> type, JsonNode value)
      throws IOException {
    write(encoder, type, value);
  }

  private static void write(Encoder encoder, Argument<?> type, JsonNode value) throws IOException {
    if (value.isObject()) {
      Encoder fields = encoder.encodeObject(type);
      for (Map.Entry<String, JsonNode> field : value.entries()) {
        fields.encodeKey(field.getKey());
        write(fields, type, field.getValue());
      }
      fields.finishStructure();
    } else if (value.isArray()) {
      Encoder items = encoder.encodeArray(type);
      for (JsonNode item : value.values()) {
        write(items, type, item);
      }
      items.finishStructure();
    } else if (value.isString()) {
      encoder.encodeString(value.getStringValue());
    } else if (value.isBoolean()) {
      encoder.encodeBoolean(value.getBooleanValue());
    } else if (value.isNumber()) {
      write(encoder, value.getNumberValue());
    } else {
      encoder.encodeNull();
    }
  }

  private static void write(Encoder encoder, Number number) throws IOException {
    switch (number) {
      case Integer whole -> encoder.encodeInt(whole);
      case Long whole -> encoder.encodeLong(whole);
      case BigInteger whole -> encoder.encodeBigInteger(whole);
      case BigDecimal decimal -> encoder.encodeBigDecimal(decimal);
      default -> encoder.encodeDouble(number.doubleValue());
    }
  }
}
