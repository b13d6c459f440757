package io.tallyman.e2e.chaos;

import java.net.http.HttpRequest;
import java.util.function.Supplier;

/**
 * A request that can be sent as often as it must be.
 *
 * @param seenAt where its effect can be read
 */
record Asked(Supplier<HttpRequest.Builder> sent, String seenAt) {

  HttpRequest.Builder request() {
    return sent.get();
  }
}
