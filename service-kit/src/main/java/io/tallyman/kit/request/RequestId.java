package io.tallyman.kit.request;

import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The id of a request in all services. It is sent as a header and written to the log. */
public final class RequestId {
  public static final String HEADER = "X-Request-Id";

  /** A regular expression for ids that are safe in a log. */
  public static final String SANE = "[A-Za-z0-9._-]{1,64}";

  static final String NAME = "request_id";
  private static final Pattern SANE_ID = Pattern.compile(SANE);

  private RequestId() {}

  public static Optional<String> of(HttpRequest<?> request) {
    return request.getAttribute(NAME, String.class);
  }

  /** The request's id. A request that is too malformed to reach the filters gets a new one. */
  public static String ensured(HttpRequest<?> request) {
    return of(request)
        .orElseGet(
            () -> {
              String made = accept(null);
              request.setAttribute(NAME, made);
              return made;
            });
  }

  /** Adds the id to the log lines of this thread, until the result is closed. */
  public static MDC.MDCCloseable inLog(HttpRequest<?> request) {
    return inLog(of(request).orElse(null));
  }

  /**
   * Assigns this thread to a request, until the result is closed. The id is added to log lines and
   * to calls of other services.
   *
   * @param id null if there is no request
   */
  public static MDC.MDCCloseable inLog(@Nullable String id) {
    return MDC.putCloseable(NAME, id);
  }

  /** The id of the request that this thread works for. */
  public static Optional<String> current() {
    return Optional.ofNullable(MDC.get(NAME));
  }

  /** Wraps work for another thread, so that it has the id of this thread's request. */
  public static Runnable carriedBy(Runnable work) {
    String id = current().orElse(null);
    return () -> {
      try (var _ = inLog(id)) {
        work.run();
      }
    };
  }

  /**
   * Runs work of another request on this thread, which then belongs to its own request again.
   *
   * @param id null if the work belongs to no request, or to several
   */
  public static void as(@Nullable String id, Runnable work) {
    Optional<String> own = current();
    try {
      put(id);
      work.run();
    } finally {
      put(own.orElse(null));
    }
  }

  private static void put(@Nullable String id) {
    if (id == null) {
      MDC.remove(NAME);
    } else {
      MDC.put(NAME, id);
    }
  }

  /** The sender's id, or a new one if the sender sent none or one that is not safe in a log. */
  static String accept(@Nullable String sent) {
    return sent != null && SANE_ID.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
  }
}
