package io.tallyman.gateway.request;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests from web pages of other sites and origins that are not allowed. Such a page
 * could call the API from inside the network of the person who views it. A browser says in a header
 * whether a request comes from a page of this origin: <a
 * href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Sec-Fetch-Site</a>. This works
 * behind a proxy too. An older browser, or one without TLS, sends an Origin that equals the Host.
 * Programs send neither header. A link of another site may lead to a page, but not into the API.
 * The framework has such a rule for {@code localhost} only.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class OwnOrigin implements Ordered {
  private final CorsConfiguration cors;

  OwnOrigin(CorsConfiguration cors) {
    this.cors = cors;
  }

  @RequestFilter
  @Nullable HttpResponse<?> check(HttpRequest<?> request) {
    return isAllowed(request) ? null : HttpResponse.status(HttpStatus.FORBIDDEN);
  }

  /** Runs after the checks of service-kit, and before the sender of the request is asked for. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 4;
  }

  private boolean isAllowed(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    String origin = headers.get(HttpHeaders.ORIGIN);
    return (origin != null && cors.allows(origin))
        || isOwn(request)
        || (origin == null && isLinkToAPage(request));
  }

  /**
   * Whether a request comes from a page of this origin, from an address that a person typed, or
   * from a program.
   */
  public static boolean isOwn(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    String origin = headers.get(HttpHeaders.ORIGIN);
    String site = headers.get("Sec-Fetch-Site");
    return switch (site) {
      case null -> origin == null || isOf(origin, headers.get(HttpHeaders.HOST));
      case "same-origin" -> true;
      // The person typed the address or chose a bookmark.
      case "none" -> origin == null;
      default -> false;
    };
  }

  /** Whether the person followed a link, and it leads to a page that shows itself in no frame. */
  private static boolean isLinkToAPage(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.GET
        && "navigate".equals(request.getHeaders().get("Sec-Fetch-Mode"))
        && "document".equals(request.getHeaders().get("Sec-Fetch-Dest"))
        && !request.getPath().startsWith("/api/")
        && !request.getPath().startsWith("/ws/");
  }

  private static boolean isOf(String origin, @Nullable String host) {
    return host != null && origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
  }
}
