package io.tallyman.gateway.request;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.util.Optional;

/**
 * A cookie that browsers send to this host only, and that scripts cannot read. Without HTTPS there
 * is one on this machine only, and it has another name.
 *
 * @param name the name of the cookie that is not secure
 */
public record HostCookie(String name) {
  /** Browsers take a cookie with this prefix only from this host, and only over HTTPS. */
  private static final String SECURE = "__Host-";

  /**
   * @param isSecure whether the browser has loaded the page over HTTPS
   */
  public Cookie of(String value, boolean isSecure) {
    return cookie(isSecure ? SECURE + name : name, value);
  }

  /**
   * The cookie of a request. One without the prefix could be planted over plain HTTP, so it is read
   * on this machine only.
   */
  public Optional<Cookie> find(HttpRequest<?> request) {
    return request
        .getCookies()
        .findCookie(SECURE + name)
        .or(
            () ->
                PageOrigin.of(request).isLoopback()
                    ? request.getCookies().findCookie(name)
                    : Optional.empty());
  }

  /** Has the browser forget a cookie that a request has. */
  public static Cookie removed(Cookie found) {
    return cookie(found.getName(), "").maxAge(0);
  }

  private static Cookie cookie(String name, String value) {
    return Cookie.of(name, value)
        .path("/")
        .httpOnly(true)
        .secure(name.startsWith(SECURE))
        .sameSite(SameSite.Lax);
  }
}
