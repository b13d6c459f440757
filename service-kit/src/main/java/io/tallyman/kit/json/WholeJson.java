package io.tallyman.kit.json;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.MessageBodyReader;
import io.micronaut.http.codec.CodecException;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.json.body.JsonMessageHandler;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that is one JSON value and nothing more. The framework would stop behind the first,
 * and so do half of what somebody meant who sent two; and it would read what is nested so deeply
 * that it could not write it again.
 */
@Singleton
@JsonMessageHandler.ConsumesJson
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WholeJson<T> implements MessageBodyReader<T> {
  /** No message of ours comes near. */
  private static final int MOST_DEPTH = 100;

  private final JsonMessageHandler<T> reader;

  WholeJson(JsonMapper mapper) {
    this.reader = new JsonMessageHandler<>(mapper);
  }

  @Override
  public boolean isReadable(Argument<T> type, @Nullable MediaType mediaType) {
    return reader.isReadable(type, mediaType);
  }

  @Override
  public @Nullable T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, ByteBuffer<?> body) {
    requireWhole(body.toByteArray());
    return reader.read(type, mediaType, headers, body);
  }

  @Override
  public @Nullable T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, InputStream body) {
    byte[] bytes = bytes(body);
    requireWhole(bytes);
    return reader.read(type, mediaType, headers, new ByteArrayInputStream(bytes));
  }

  private static void requireWhole(byte[] body) {
    int end = end(body);
    for (int index = end; index < body.length; index++) {
      if (!isSpace(body[index])) {
        throw failure(new JsonSyntaxException("Something follows the value that ends at " + end));
      }
    }
  }

  /**
   * Where the object or array ends that the JSON begins with; where there is none, or it has no
   * end, that of the JSON: whoever reads it will see.
   */
  private static int end(byte[] json) {
    int depth = 0;
    boolean inText = false;
    for (int index = 0; index < json.length; index++) {
      byte each = json[index];
      if (inText) {
        inText = each != '"';
        index += each == '\\' ? 1 : 0;
      } else if (each == '"') {
        inText = true;
      } else if (each == '{' || each == '[') {
        if (++depth > MOST_DEPTH) {
          throw failure(
              new JsonSyntaxException("More than " + MOST_DEPTH + " values in each other"));
        }
      } else if ((each == '}' || each == ']') && --depth == 0) {
        return index + 1;
      }
    }
    return json.length;
  }

  private static boolean isSpace(byte each) {
    return each == ' ' || each == '\t' || each == '\r' || each == '\n';
  }

  private static byte[] bytes(InputStream body) {
    try (body) {
      return body.readAllBytes();
    } catch (IOException failure) {
      throw failure(failure);
    }
  }

  private static CodecException failure(IOException cause) {
    return new CodecException("The JSON cannot be read: " + cause.getMessage(), cause);
  }
}
