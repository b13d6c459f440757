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

/** Reads a body that is JSON, after {@link StrictJson} has checked it. */
@Singleton
@JsonMessageHandler.ConsumesJson
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WholeJson<T> implements MessageBodyReader<T> {
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
    check(body.toByteArray());
    return reader.read(type, mediaType, headers, body);
  }

  @Override
  public @Nullable T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, InputStream body) {
    byte[] bytes = bytes(body);
    check(bytes);
    return reader.read(type, mediaType, headers, new ByteArrayInputStream(bytes));
  }

  private static void check(byte[] body) {
    try {
      StrictJson.check(body);
    } catch (JsonSyntaxException | UnsoundJson refused) {
      throw failure(refused);
    }
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
