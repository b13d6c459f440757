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
    return inLog(of(request).orElse(null));
  }

  /**
   * Makes this thread work for a request, until it is closed: its log names it, and so does every
   * call it makes.
   *
   * @param id null where nobody knows the request
   */
  public static MDC.MDCCloseable inLog(@Nullable String id) {
    return MDC.putCloseable(NAME, id);
  }

  /** The id of the request that this thread works for. */
  public static Optional<String> current() {
    return Optional.ofNullable(MDC.get(NAME));
  }

  /** What another thread is to run for the request that this thread works for. */
  public static Runnable carriedBy(Runnable work) {
    String id = current().orElse(null);
    return () -> {
      try (var _ = inLog(id)) {
        work.run();
      }
    };
  }

  /** The sender's id, or a new one where it sent none or one that would not be safe in a log. */
  static String accept(@Nullable String sent) {
    return sent != null && SANE.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
  }
}
