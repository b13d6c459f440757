package io.tallyman.gateway.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.tallyman.gateway.request.PageOrigin;
import io.tallyman.kit.security.TokenPrincipal;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;

/** The sessions of browsers. */
@Singleton
public final class Sessions {
  private final CheckedTokens tokens;

  Sessions(CheckedTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * @param sender the user of the session
   * @param csrfToken what requests of the session send that change something
   */
  public record OpenSession(TokenPrincipal sender, String csrfToken) {}

  /**
   * The session of a request, unless it has none or the session has ended. May wait. The sender of
   * the session becomes that of the request, also on routes that need no login.
   */
  public Optional<OpenSession> find(HttpRequest<?> request) {
    return Credential.session(request)
        .flatMap(
            credential ->
                tokens
                    .find(credential)
                    .map(
                        token -> {
                          var _ = token.attachTo(request);
                          return new OpenSession(
                              token.principal(), CsrfToken.of(credential.secret()));
                        }));
  }

  /**
   * Ends the session of a request, if it has one. This gateway does not accept it any more, unless
   * user-service does.
   *
   * @param end ends the session with this secret in user-service
   * @throws CsrfTokenMissing if the request does not have the token of its session
   */
  public void end(HttpRequest<?> request, Consumer<String> end) {
    Credential.session(request)
        .ifPresent(
            credential -> {
              CsrfToken.require(request, credential.secret());
              try {
                end.accept(credential.secret());
              } finally {
                tokens.forget(credential);
              }
            });
  }

  /** What requests of a session send that change something. */
  public static String csrfToken(String session) {
    return CsrfToken.of(session);
  }

  /**
   * @throws NeedsHttps if others on the network could read the password and the session
   */
  public static void requireSecure(HttpRequest<?> request) {
    PageOrigin origin = PageOrigin.of(request);
    if (!origin.isSecure() && !origin.isLoopback()) {
      throw new NeedsHttps();
    }
  }

  /** The cookie for the answer to a login over a secure connection. */
  public static Cookie cookie(String session, HttpRequest<?> request) {
    return SessionCookie.of(session, request);
  }

  /**
   * The cookie for the answer to a link of another site, which does not tell its own origin.
   *
   * @param isSecure whether the browser has loaded the page that began the login over HTTPS
   */
  public static Cookie cookie(String session, boolean isSecure) {
    return SessionCookie.of(session, isSecure);
  }

  /** Has the browser forget its session. Empty if the request has none. */
  public static Optional<Cookie> removedCookie(HttpRequest<?> request) {
    return SessionCookie.removed(request);
  }
}
