package io.tallyman.gateway.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request sends to say who its sender is. */
record Credential(Kind kind, String secret) {
  private static final String SCHEME = "Bearer";
  private static final Pattern API_KEY = Pattern.compile("tally_[A-Za-z0-9_-]{43}");
  private static final String TICKET = "ticket";

  /** The routes of live streams. */
  private static final Pattern STREAM =
      Pattern.compile("/ws/tasks|/api/v1/events|/api/v1/tasks/[^/]+/events");

  enum Kind {
    ACCESS_TOKEN,
    API_KEY,

    /** What opens one live stream. Nothing else can use it then. */
    TICKET,

    /** The session of a browser. */
    SESSION
  }

  /**
   * The credential of a request. A bearer token takes precedence over a ticket, which is not used
   * then, and a ticket over a cookie. Other schemes of {@code Authorization} are those of proxies.
   */
  static Optional<Credential> of(HttpRequest<?> request) {
    return bearer(request).or(() -> ticket(request)).or(() -> session(request));
  }

  /** The session in the cookie, whatever else the request has. */
  static Optional<Credential> session(HttpRequest<?> request) {
    return SessionCookie.read(request).map(session -> new Credential(Kind.SESSION, session));
  }

  /** Only the beginning of a live stream takes a ticket. */
  private static Optional<Credential> ticket(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.GET && STREAM.matcher(request.getPath()).matches()
        ? request
            .getParameters()
            .getFirst(TICKET)
            .map(ticket -> new Credential(Kind.TICKET, ticket))
        : Optional.empty();
  }

  private static Optional<Credential> bearer(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return Optional.empty();
    }
    String[] parts = header.strip().split(" +", 2);
    return parts[0].equalsIgnoreCase(SCHEME)
        ? Optional.of(ofBearer(parts[parts.length - 1]))
        : Optional.empty();
  }

  private static Credential ofBearer(String secret) {
    return new Credential(
        API_KEY.matcher(secret).matches() ? Kind.API_KEY : Kind.ACCESS_TOKEN, secret);
  }

  /** Whether it is exchanged for a token again and again. */
  boolean isRenewable() {
    return kind != Kind.ACCESS_TOKEN;
  }

  @Override
  public String toString() {
    return "Credential[" + kind + ", hidden]";
  }
}
