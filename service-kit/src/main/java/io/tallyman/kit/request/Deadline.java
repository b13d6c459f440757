package io.tallyman.kit.request;

import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.client.ServiceHttpClientConfiguration;
import io.micronaut.http.context.ServerHttpRequestContext;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long the caller of a request still waits for the answer. Calls between services send it in a
 * header, in milliseconds, so that the services need no common clock.
 */
public final class Deadline {
  public static final String HEADER = "X-Timeout-Ms";

  private static final String NAME = "deadline";
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");

  /** The answer must arrive before the caller gives up, or the caller never learns the reason. */
  private static final Duration WAY_BACK = Duration.ofMillis(200);

  private Deadline() {}

  /**
   * How much time is left; zero if the caller has given up. Empty if the caller sent no deadline,
   * or one that cannot be read.
   */
  public static Optional<Duration> remaining(HttpRequest<?> request) {
    return request
        .getAttribute(NAME, Long.class)
        .map(deadline -> Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }

  /** Tells the called service that the caller waits no longer than this for the answer. */
  public static void limit(MutableHttpRequest<?> call, Duration patience) {
    long millis = Math.max(1, patience.minus(WAY_BACK).toMillis());
    Optional<Long> earlier = call.getHeaders().findFirst(HEADER).map(Long::valueOf);
    if (earlier.isEmpty() || millis < earlier.get()) {
      call.getHeaders().set(HEADER, Long.toString(millis));
    }
  }

  /** Wraps work that continues in another thread after the answer, so that no deadline ends it. */
  public static Runnable none(Runnable work) {
    PropagatedContext context = PropagatedContext.getOrEmpty();
    // The framework may have added the request more than once.
    for (var request : context.findAll(ServerHttpRequestContext.class).toList()) {
      context = context.minus(request);
    }
    return context.wrap(work);
  }

  /** Sends with every call of another service how long its client waits for an answer. */
  @ClientFilter(ClientFilter.MATCH_ALL_PATTERN)
  static final class Sending {
    private final Map<String, Duration> readTimeouts = new HashMap<>();

    Sending(Collection<ServiceHttpClientConfiguration> clients) {
      for (ServiceHttpClientConfiguration client : clients) {
        client
            .getReadTimeout()
            .filter(Duration::isPositive)
            .ifPresent(timeout -> readTimeouts.put(client.getServiceId(), timeout));
      }
    }

    @RequestFilter
    void send(MutableHttpRequest<?> call) {
      BasicHttpAttributes.getServiceId(call)
          .map(readTimeouts::get)
          .ifPresent(timeout -> limit(call, timeout));
    }
  }

  /** Starts the countdown when a request arrives. */
  @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
  static final class Receiving implements Ordered {
    @RequestFilter
    void receive(HttpRequest<?> request) {
      String sent = request.getHeaders().get(HEADER);
      if (sent != null && MILLIS.matcher(sent).matches()) {
        long left = Duration.ofMillis(Long.parseLong(sent)).toNanos();
        request.setAttribute(NAME, System.nanoTime() + left);
      }
    }

    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }
  }
}
