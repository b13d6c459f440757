package io.tallyman.gateway.live.websocket;

import io.micronaut.core.type.Argument;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.MessageBodyHandlerRegistry;
import io.micronaut.http.body.MessageBodyReader;
import io.micronaut.http.codec.CodecException;
import io.micronaut.http.simple.SimpleHttpHeaders;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.gateway.live.websocket.ClientFrame.Cancel;
import io.tallyman.gateway.live.websocket.ClientFrame.Ping;
import io.tallyman.gateway.live.websocket.ClientFrame.Subscribe;
import io.tallyman.gateway.live.websocket.ClientFrame.Unsubscribe;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.JsonFault;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the frames of clients as strictly as bodies of requests. */
@Singleton
final class FrameReader {
  private static final int LONGEST_REF = 64;

  private static final Map<String, Class<? extends ClientFrame>> TYPES =
      Map.of(
          "subscribe", Subscribe.class,
          "unsubscribe", Unsubscribe.class,
          "cancel", Cancel.class,
          "ping", Ping.class);

  private final MessageBodyReader<JsonNode> reader;
  private final JsonMapper json;

  FrameReader(MessageBodyHandlerRegistry readers, JsonMapper json) {
    this.reader =
        readers.getReader(Argument.of(JsonNode.class), List.of(MediaType.APPLICATION_JSON_TYPE));
    this.json = json;
  }

  /**
   * A frame that can be answered.
   *
   * @param fields all fields, which may still be invalid
   */
  record Envelope(Class<? extends ClientFrame> type, String ref, JsonNode fields) {}

  /** Empty if it is not a JSON object, or has no valid type or ref. */
  Optional<Envelope> open(byte[] message) {
    try {
      JsonNode fields =
          reader.read(
              Argument.of(JsonNode.class),
              MediaType.APPLICATION_JSON_TYPE,
              new SimpleHttpHeaders(),
              new ByteArrayInputStream(message));
      return fields == null || !fields.isObject() ? Optional.empty() : envelope(fields);
    } catch (CodecException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * @throws InvalidFields if a field is unknown, missing or invalid
   */
  ClientFrame read(Envelope envelope) {
    try {
      ClientFrame frame = json.readValueFromTree(envelope.fields(), Argument.of(envelope.type()));
      if (frame != null) {
        return frame;
      }
    } catch (IOException | RuntimeException invalid) {
      throw new InvalidFields(
          List.of(
              JsonFault.in(invalid)
                  .orElseGet(() -> new FieldError("", "has a missing or an invalid field"))));
    }
    throw new InvalidFields(List.of(new FieldError("", "is not a frame")));
  }

  private static Optional<Envelope> envelope(JsonNode fields) {
    String ref = text(fields.get("ref"));
    Class<? extends ClientFrame> type = TYPES.get(text(fields.get("type")));
    return type == null || ref.isEmpty() || ref.length() > LONGEST_REF
        ? Optional.empty()
        : Optional.of(new Envelope(type, ref, fields));
  }

  private static String text(@Nullable JsonNode value) {
    return value != null && value.isString() ? value.getStringValue() : "";
  }
}
