package io.tallyman.kit.security;

import io.tallyman.kit.idempotency.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies each access token once and remembers it until it expires, because to verify a signature
 * costs more than many requests. Only valid tokens are remembered, and only those that were used
 * last. Thread-safe.
 */
public final class VerifiedTokens {
  /** The number of tokens that are remembered. */
  public static final int MOST = 10_000;

  private final IssuerKeys keys;
  private final TokenVerifier verifier;
  private final Map<String, AccessToken> verified = new LatestUsed<>(MOST);

  /** How often a credential was forgotten. */
  private long forgotten;

  public VerifiedTokens(IssuerKeys keys) {
    this.keys = keys;
    this.verifier = new TokenVerifier(keys);
  }

  /** Fetches the keys of the issuer again. May wait for it. A failure changes nothing. */
  public void prepare() {
    keys.refresh();
  }

  /**
   * A token that is remembered and has not expired. Never blocks.
   *
   * @param credential the token, or what it was exchanged for
   */
  public Optional<AccessToken> remembered(String credential) {
    String digest = digest(credential);
    synchronized (verified) {
      @Nullable AccessToken found = verified.get(digest);
      if (found != null && found.expiresAt().isAfter(keys.now())) {
        return Optional.of(found);
      }
      verified.remove(digest);
      return Optional.empty();
    }
  }

  /**
   * Verifies a token, and remembers it. May wait for the issuer.
   *
   * @throws InvalidToken with a detail for the sender of the token
   */
  public AccessToken verify(String token) {
    return exchange(token, () -> Optional.of(token)).orElseThrow();
  }

  /**
   * Exchanges a credential for a token, verifies the token, and remembers it for the credential,
   * but not if a credential was forgotten meanwhile. May wait for the issuer.
   *
   * @param exchange empty if the credential is not valid any more
   * @throws InvalidToken with a detail for the sender of the token
   */
  public Optional<AccessToken> exchange(String credential, Supplier<Optional<String>> exchange) {
    long before;
    synchronized (verified) {
      before = forgotten;
    }
    Optional<AccessToken> found = exchange.get().map(verifier::verify);
    synchronized (verified) {
      if (forgotten == before) {
        found.ifPresent(token -> verified.put(digest(credential), token));
      }
    }
    return found;
  }

  /** The current time by the clock of the issuer. A token must have been verified before. */
  public Instant now() {
    return keys.now();
  }

  /** Forgets a credential, also if it is being exchanged now. */
  public void forget(String credential) {
    synchronized (verified) {
      forgotten++;
      verified.remove(digest(credential));
    }
  }

  private static String digest(String credential) {
    return Digest.of(credential.getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
