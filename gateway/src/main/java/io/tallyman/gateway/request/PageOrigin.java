package io.tallyman.gateway.request;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a browser reaches the gateway. The browser says it in the header {@code Origin}, which it
 * sends with every change, and which no proxy replaces. So the gateway needs no header of a proxy
 * that ends TLS. A request without an Origin is judged by its own connection.
 *
 * @param text the scheme, the host and perhaps the port
 */
public record PageOrigin(String text, boolean isSecure, boolean isLoopback) {
  private static final Pattern ORIGIN =
      Pattern.compile("(?<scheme>https?)://(?<host>\\[[0-9a-f:.]+]|[^:/\\[\\]]+)(?::[0-9]*)?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  public static PageOrigin of(HttpRequest<?> request) {
    @Nullable String told = request.getHeaders().get(HttpHeaders.ORIGIN);
    String text = told == null ? own(request) : told;
    Matcher origin = ORIGIN.matcher(text);
    return origin.matches()
        ? new PageOrigin(
            text,
            origin.group("scheme").equals("https"),
            LOOPBACK.matcher(origin.group("host")).matches())
        : new PageOrigin(text, false, false);
  }

  private static String own(HttpRequest<?> request) {
    return (request.isSecure() ? "https://" : "http://")
        + request.getHeaders().get(HttpHeaders.HOST);
  }
}
