package io.tallyman.gateway.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.tallyman.gateway.request.OwnOrigin;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie with which a browser sends its session. Scripts cannot read it. It has no lifetime of
 * its own, so it ends with the browser at the latest.
 */
final class SessionCookie {
  private static final String NAME = "tallyman-session";

  /** Browsers take a cookie with this prefix only from this host, and only over HTTPS. */
  private static final String SECURE_NAME = "__Host-" + NAME;

  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{64}");

  private SessionCookie() {}

  /**
   * The session of a request from a page of this origin; empty if it has none. A cookie without the
   * prefix could be planted over plain HTTP, so it is read on this machine only.
   */
  static Optional<String> read(HttpRequest<?> request) {
    return OwnOrigin.isOwn(request) ? find(request).map(Cookie::getValue) : Optional.empty();
  }

  /** Only HTTP on this machine gets a cookie that is not secure. */
  static Cookie of(String session, HttpRequest<?> request) {
    return of(session, PageOrigin.of(request).isSecure());
  }

  /**
   * @param isSecure whether the browser has loaded the page over HTTPS
   */
  static Cookie of(String session, boolean isSecure) {
    return cookie(isSecure ? SECURE_NAME : NAME, session);
  }

  /** Has the browser forget the cookie that the request has. */
  static Optional<Cookie> removed(HttpRequest<?> request) {
    return find(request).map(found -> cookie(found.getName(), "").maxAge(0));
  }

  private static Optional<Cookie> find(HttpRequest<?> request) {
    return request
        .getCookies()
        .findCookie(SECURE_NAME)
        .or(
            () ->
                PageOrigin.of(request).isLoopback()
                    ? request.getCookies().findCookie(NAME)
                    : Optional.empty())
        .filter(cookie -> SESSION.matcher(cookie.getValue()).matches());
  }

  private static Cookie cookie(String name, String value) {
    return Cookie.of(name, value)
        .path("/")
        .httpOnly(true)
        .secure(name.equals(SECURE_NAME))
        .sameSite(SameSite.Lax);
  }
}
