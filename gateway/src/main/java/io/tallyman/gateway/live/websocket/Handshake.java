package io.tallyman.gateway.live.websocket;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rejects handshakes of clients that do not speak this version of the protocol. */
@ServerFilter("/ws/**")
final class Handshake {
  static final String SUBPROTOCOL = "tallyman.tasks.v1";

  private static final String HEADER = "Sec-WebSocket-Protocol";

  @RequestFilter
  @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    boolean offered =
        request.getHeaders().getAll(HEADER).stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .anyMatch(name -> name.strip().equals(SUBPROTOCOL));
    return offered ? null : HttpResponse.status(HttpStatus.BAD_REQUEST);
  }
}
