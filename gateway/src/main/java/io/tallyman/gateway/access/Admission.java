package io.tallyman.gateway.access;

import io.micronaut.http.HttpRequest;
import io.tallyman.kit.security.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long the sender of a request may stay connected. An access token ends when it expires.
 * An API key, a session and what a ticket was made with can end at any time, so they are exchanged
 * again whenever their token has expired. Thread-safe.
 */
public final class Admission {
  /** How long a credential counts as valid after its last token, if nobody can tell. */
  static final Duration LONGEST_OUTAGE = Duration.ofMinutes(10);

  /** Between two exchanges that fail because user-service is away. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  static final String ATTRIBUTE = "tallyman.admission";

  private final Credential credential;
  private final Supplier<CompletableFuture<Optional<AccessToken>>> exchange;
  private final Consumer<AccessToken> renewed;
  private final Supplier<Instant> clock;

  private AccessToken token;
  private @Nullable CompletableFuture<Optional<AccessToken>> renewal;
  private Instant nextRenewal = Instant.MIN;
  private boolean hasEnded;

  /**
   * @param exchange asks for the next token without blocking; an empty result says that there is
   *     none any more, and a failure says nothing
   * @param renewed gets each next token
   * @param clock the clock of the issuer
   */
  Admission(
      AccessToken token,
      Credential credential,
      Supplier<CompletableFuture<Optional<AccessToken>>> exchange,
      Consumer<AccessToken> renewed,
      Supplier<Instant> clock) {
    this.token = token;
    this.credential = credential;
    this.exchange = exchange;
    this.renewed = renewed;
    this.clock = clock;
  }

  /**
   * @throws NotAuthenticated if the sender of the request is not known
   */
  public static Admission of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, Admission.class).orElseThrow(NotAuthenticated::new);
  }

  /** What user-service needs to know to make a ticket for the sender. */
  public synchronized NewStreamTicket ticket() {
    return new NewStreamTicket(
        token.principal().roles(),
        credential.kind() == Credential.Kind.ACCESS_TOKEN ? token.expiresAt() : null,
        hasApiKey() ? credential.secret() : null,
        session());
  }

  boolean hasApiKey() {
    return credential.kind() == Credential.Kind.API_KEY;
  }

  /** The secret of the session; null if the sender has another credential. */
  public @Nullable String session() {
    return credential.kind() == Credential.Kind.SESSION ? credential.secret() : null;
  }

  /**
   * Whether the sender must leave, because the login has expired or was revoked, or the sender has
   * other roles now. Ask again and again. Never blocks.
   */
  public synchronized boolean hasEnded() {
    hasEnded = hasEnded || hasEnded(clock.get());
    return hasEnded;
  }

  private boolean hasEnded(Instant now) {
    if (!credential.isRenewable()) {
      return !token.expiresAt().plus(AccessToken.LEEWAY).isAfter(now);
    }
    if (token.expiresAt().isAfter(now)) {
      return false;
    }
    CompletableFuture<Optional<AccessToken>> asked = renewal;
    if (asked == null && !nextRenewal.isAfter(now)) {
      renewal = exchange.get();
    } else if (asked != null && asked.isDone()) {
      renewal = null;
      if (!asked.isCompletedExceptionally()) {
        return !isRenewedBy(asked.join());
      }
      nextRenewal = now.plus(PAUSE);
    }
    return !token.expiresAt().plus(LONGEST_OUTAGE).isAfter(now);
  }

  private boolean isRenewedBy(Optional<AccessToken> next) {
    if (next.isEmpty() || !next.get().principal().equals(token.principal())) {
      return false;
    }
    token = next.get();
    renewed.accept(token);
    return true;
  }
}
