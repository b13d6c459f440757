package io.tallyman.e2e.kubernetes;

import static com.fasterxml.jackson.databind.cfg.CoercionAction.Fail;
import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.Boolean;
import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.Float;
import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.Integer;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads YAML like the API server in strict mode: no duplicate keys, no unknown fields, no number in
 * place of a string, and no string in place of a number.
 */
final class StrictYaml {
  /** The model accepts unknown fields, but here they are errors. */
  private static final class KnownFields extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public java.lang.Boolean hasAnySetter(Annotated member) {
      return false;
    }
  }

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(Integer, Fail)
                      .setCoercion(Float, Fail)
                      .setCoercion(Boolean, Fail))
          .withConfigOverride(
              List.class,
              lists -> lists.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .annotationIntrospector(new KnownFields())
          .build();

  private StrictYaml() {}

  /** The documents of a file. */
  static List<ObjectNode> documents(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(file.toString(), failure);
    }
  }

  static List<ObjectNode> documents(String yaml) throws IOException {
    try (var values = MAPPER.readerFor(ObjectNode.class).<ObjectNode>readValues(yaml)) {
      return values.readAll();
    }
  }

  static <T> T bind(JsonNode document, Class<T> type) {
    try {
      return MAPPER.treeToValue(document, type);
    } catch (JsonProcessingException wrong) {
      throw new AssertionError(wrong.getMessage() + "\n" + document.toPrettyString(), wrong);
    }
  }

  static <T> List<T> bindList(String yaml, Class<T> type) {
    try {
      return MAPPER.readerForListOf(type).readValue(yaml);
    } catch (IOException wrong) {
      throw new AssertionError(wrong.getMessage() + "\n" + yaml, wrong);
    }
  }
}
