package io.tallyman.gateway.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.tallyman.gateway.request.HostCookie;
import io.tallyman.gateway.request.OwnOrigin;
import io.tallyman.gateway.request.PageOrigin;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie with which a browser sends its session. Scripts cannot read it. It has no lifetime of
 * its own, so it ends with the browser at the latest.
 */
final class SessionCookie {
  private static final HostCookie COOKIE = new HostCookie("tallyman-session");
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{64}");

  private SessionCookie() {}

  /** The session of a request from a page of this origin; empty if it has none. */
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
    return COOKIE.of(session, isSecure);
  }

  /** Has the browser forget the cookie that the request has. */
  static Optional<Cookie> removed(HttpRequest<?> request) {
    return find(request).map(HostCookie::removed);
  }

  private static Optional<Cookie> find(HttpRequest<?> request) {
    return COOKIE.find(request).filter(cookie -> SESSION.matcher(cookie.getValue()).matches());
  }
}
