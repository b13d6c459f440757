package io.tallyman.kit.request;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The id under which one request is known in all services: a header, and a word of the log. */
public final class RequestId {
  public static final String HEADER = "X-Request-Id";

  static final String NAME = "request_id";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  public static Optional<String> of(HttpRequest<?> request) {
    return request.getAttribute(NAME, String.class);
  }

  /** The request's id; one is made for a request that is too broken to come by any filter. */
  public static String ensured(HttpRequest<?> request) {
    return of(request)
        .orElseGet(
            () -> {
              String made = accept(null);
              request.setAttribute(NAME, made);
              return made;
            });
  }

  /** Lets the log name the request on this thread, until it is closed. */
  public static MDC.MDCCloseable inLog(HttpRequest<?> request) {
    return MDC.putCloseable(NAME, of(request).orElse("-"));
  }

  /** The id of the request that this thread works for. */
  static Optional<String> current() {
    return Optional.ofNullable(MDC.get(NAME));
  }

  /** The sender's id, or a new one where it sent none or one that would not be safe in a log. */
  static String accept(@Nullable String sent) {
    return sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
  }
}
