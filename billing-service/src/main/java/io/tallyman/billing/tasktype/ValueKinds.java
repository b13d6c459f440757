package io.tallyman.billing.tasktype;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Checks that values have the JSON types that a {@link ParametersSchema} gives. The JSON reader
 * alone is too lenient: it accepts a number as a date, and a string as a number.
 */
final class ValueKinds {
  private ValueKinds() {}

  /**
   * Finds values of a wrong JSON type. The faults' pointers are relative to the values. Values that
   * the schema does not mention are skipped.
   */
  static List<FieldError> faults(JsonNode schema, JsonNode values) {
    List<FieldError> faults = new ArrayList<>();
    collect(schema, values, "", faults);
    return faults;
  }

  private static void collect(
      JsonNode schema, JsonNode value, String pointer, List<FieldError> faults) {
    List<String> kinds = kinds(schema);
    if (kinds.stream().noneMatch(kind -> isOf(kind, value))) {
      faults.add(new FieldError(pointer, "must be of type " + String.join(" or ", kinds)));
      return;
    }
    JsonNode properties = schema.get("properties");
    if (properties == null || !value.isObject()) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : value.entries()) {
      JsonNode property = properties.get(field.getKey());
      if (property != null) {
        collect(property, field.getValue(), pointer + '/' + field.getKey(), faults);
      }
    }
  }

  private static List<String> kinds(JsonNode schema) {
    JsonNode type = schema.get("type");
    if (type == null) {
      throw new IllegalArgumentException("A schema says no type: " + schema);
    }
    Stream<JsonNode> kinds =
        type.isArray() ? StreamSupport.stream(type.values().spliterator(), false) : Stream.of(type);
    return kinds.map(JsonNode::getStringValue).toList();
  }

  private static boolean isOf(String kind, JsonNode value) {
    return switch (kind) {
      case "null" -> value.isNull();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "integer" ->
          value.isNumber() && value.getBigDecimalValue().stripTrailingZeros().scale() <= 0;
      default -> throw new IllegalArgumentException("No schema says the type " + kind);
    };
  }
}
