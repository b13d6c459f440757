package io.tallyman.billing.tasktype;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.currency.CurrencyDecimals;
import io.tallyman.billing.currency.KnownCurrency;
import io.tallyman.kit.problem.JsonFault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Derives a JSON Schema (2020-12) from the record of a type's parameters and its constraints, so
 * that the schema always agrees with the validation. A rule that concerns several parameters is in
 * the schema only if {@link OneOf} describes it.
 */
final class ParametersSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Dates have a year of four digits, at least 0001; see {@code FourDigitYear}. */
  private static final String DATE = "^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$";

  private ParametersSchema() {}

  /**
   * @throws IllegalArgumentException if no schema is known for the Java type of a parameter
   */
  static JsonNode of(Class<?> parameters) {
    Map<String, JsonNode> schema = new LinkedHashMap<>();
    schema.put("$schema", text(DIALECT));
    schema.putAll(object(parameters));
    return JsonNode.createObjectNode(schema);
  }

  private static Map<String, JsonNode> object(Class<?> type) {
    BeanIntrospection<?> introspection = BeanIntrospection.getIntrospection(type);
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    Set<String> required = new LinkedHashSet<>();
    for (Argument<?> parameter : introspection.getConstructorArguments()) {
      String name = JsonFault.wireName(parameter.getName());
      properties.put(name, property(parameter));
      if (!parameter.isNullable()) {
        required.add(name);
      }
    }
    Map<String, JsonNode> object = new LinkedHashMap<>();
    object.put("type", text("object"));
    object.put("properties", JsonNode.createObjectNode(properties));
    object.put("required", texts(required));
    object.put("additionalProperties", JsonNode.createBooleanNode(false));
    String[] alternatives = introspection.stringValues(OneOf.class);
    if (alternatives.length > 0) {
      object.put("oneOf", alternatives(alternatives));
    }
    return object;
  }

  /**
   * A null parameter counts as absent, so the parameters of the chosen group are required and not
   * null.
   */
  private static JsonNode alternatives(String[] alternatives) {
    List<List<String>> all =
        Stream.of(alternatives).map(names -> List.of(names.split(" "))).toList();
    return JsonNode.createArrayNode(all.stream().map(given -> alternative(given, all)).toList());
  }

  private static JsonNode alternative(List<String> given, List<List<String>> all) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    JsonNode isNull = JsonNode.createObjectNode(Map.of("type", text("null")));
    for (String name : all.stream().flatMap(List::stream).distinct().toList()) {
      properties.put(
          name, given.contains(name) ? JsonNode.createObjectNode(Map.of("not", isNull)) : isNull);
    }
    return JsonNode.createObjectNode(
        Map.of("properties", JsonNode.createObjectNode(properties), "required", texts(given)));
  }

  private static JsonNode property(Argument<?> parameter) {
    Map<String, JsonNode> schema = value(parameter);
    if (parameter.isNullable()) {
      schema.computeIfPresent(
          "type", (_, type) -> JsonNode.createArrayNode(List.of(type, text("null"))));
      schema.computeIfPresent(
          "enum",
          (_, values) ->
              JsonNode.createArrayNode(
                  Stream.concat(stream(values), Stream.of(JsonNode.nullNode())).toList()));
    }
    return JsonNode.createObjectNode(schema);
  }

  private static Map<String, JsonNode> value(Argument<?> parameter) {
    Class<?> type = parameter.getType();
    if (type == LocalDate.class) {
      return string(Map.of("format", text("date"), "pattern", text(DATE)));
    }
    if (type == Instant.class) {
      return string(Map.of("format", text("date-time")));
    }
    if (type == UUID.class) {
      return string(Map.of("format", text("uuid")));
    }
    if (type == String.class) {
      return string(limits(parameter));
    }
    if (type.isEnum()) {
      return string(Map.of("enum", texts(constants(type))));
    }
    if (type == Integer.class || type == int.class) {
      return integer(parameter, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == Long.class || type == long.class) {
      return integer(parameter, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == Map.class) {
      JsonNode string = JsonNode.createObjectNode(string(Map.of()));
      return new LinkedHashMap<>(Map.of("type", text("object"), "additionalProperties", string));
    }
    if (type == Set.class) {
      JsonNode string = JsonNode.createObjectNode(string(Map.of()));
      return new LinkedHashMap<>(Map.of("type", text("array"), "items", string));
    }
    if (type.isRecord()) {
      return object(type);
    }
    throw new IllegalArgumentException(parameter + ": no schema is known for " + type.getName());
  }

  private static Map<String, JsonNode> string(Map<String, JsonNode> more) {
    Map<String, JsonNode> schema = new LinkedHashMap<>();
    schema.put("type", text("string"));
    schema.putAll(more);
    return schema;
  }

  private static Map<String, JsonNode> limits(Argument<?> parameter) {
    if (parameter.isAnnotationPresent(KnownCurrency.class)) {
      return Map.of("enum", texts(CurrencyDecimals.BY_CODE.keySet().stream().sorted().toList()));
    }
    return parameter
        .getAnnotationMetadata()
        .stringValue(Pattern.class, "regexp")
        .map(regexp -> Map.of("pattern", text("^(?:" + regexp + ")$")))
        .orElse(Map.of());
  }

  private static Map<String, JsonNode> integer(Argument<?> parameter, long least, long most) {
    AnnotationMetadata limits = parameter.getAnnotationMetadata();
    Map<String, JsonNode> schema = new LinkedHashMap<>();
    schema.put("type", text("integer"));
    schema.put("minimum", number(limits.longValue(Min.class, "value").orElse(least)));
    schema.put("maximum", number(limits.longValue(Max.class, "value").orElse(most)));
    return schema;
  }

  /** The JSON names of an enum's constants. */
  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(field -> field.isEnumConstant())
        .map(
            field -> {
              JsonProperty wire = field.getAnnotation(JsonProperty.class);
              return wire == null ? field.getName() : wire.value();
            })
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    Stream.Builder<JsonNode> values = Stream.builder();
    array.values().forEach(values);
    return values.build();
  }

  private static JsonNode texts(Iterable<String> values) {
    Stream.Builder<JsonNode> nodes = Stream.builder();
    values.forEach(value -> nodes.add(text(value)));
    return JsonNode.createArrayNode(nodes.build().toList());
  }

  private static JsonNode number(long value) {
    return JsonNode.createNumberNode(value);
  }

  private static JsonNode text(String value) {
    return JsonNode.createStringNode(value);
  }
}
