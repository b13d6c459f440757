package io.tallyman.e2e.chaos;

import java.net.http.HttpRequest;
import java.util.function.Supplier;

/**
 * A request that can be sent repeatedly.
 *
 * @param seenAt the path at which its effect can be read
 */
record Asked(Supplier<HttpRequest.Builder> sent, String seenAt) {

  HttpRequest.Builder request() {
    return sent.get();
  }
}
