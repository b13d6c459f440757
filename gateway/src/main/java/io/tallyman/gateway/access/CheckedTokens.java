package io.tallyman.gateway.access;

import io.tallyman.gateway.access.ExchangeClient.SentApiKey;
import io.tallyman.gateway.access.ExchangeClient.SentSession;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.idempotency.Digest;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.LatestUsed;
import io.tallyman.kit.security.TokenVerifier;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks each access token once and remembers it until it expires, because a check of a signature
 * costs more than many requests. An API key or a session is exchanged for a short access token,
 * which is remembered as well. Only valid tokens are remembered, by their digests, and only the
 * tokens that were used last.
 */
@Singleton
final class CheckedTokens {
  static final int MOST = 10_000;

  private static final Pattern API_KEY = Pattern.compile("tally_[A-Za-z0-9_-]{43}");

  private final ExchangeClient exchange;
  private final IssuerKeys keys;
  private final TokenVerifier verifier;
  private final Map<String, AccessToken> checked = new LatestUsed<>(MOST);

  CheckedTokens(KeyClient client, ExchangeClient exchange) {
    this.exchange = exchange;
    keys = new IssuerKeys(client::keys);
    verifier = new TokenVerifier(keys);
  }

  /** A credential that was checked before and has not expired. Never blocks. */
  Optional<AccessToken> remembered(Credential credential) {
    String digest = digest(credential);
    synchronized (checked) {
      @Nullable AccessToken found = checked.get(digest);
      if (found != null && found.expiresAt().isAfter(keys.now())) {
        return Optional.of(found);
      }
      checked.remove(digest);
      return Optional.empty();
    }
  }

  /**
   * Checks a credential that is not remembered, and may wait for user-service. Empty if it is a
   * session that has ended.
   *
   * @throws InvalidToken or the problem of user-service, if it is a token or a key that is not
   *     valid
   */
  Optional<AccessToken> find(Credential credential) {
    Optional<AccessToken> remembered = remembered(credential);
    return remembered.isPresent() ? remembered : check(credential);
  }

  /** The next request with the credential asks user-service again. */
  void forget(Credential credential) {
    synchronized (checked) {
      checked.remove(digest(credential));
    }
  }

  private Optional<AccessToken> check(Credential credential) {
    Optional<String> accessToken = accessToken(credential);
    if (accessToken.isEmpty()) {
      return Optional.empty();
    }
    AccessToken found = verifier.verify(accessToken.get());
    synchronized (checked) {
      checked.put(digest(credential), found);
    }
    return Optional.of(found);
  }

  private Optional<String> accessToken(Credential credential) {
    String secret = credential.secret();
    return switch (credential.kind()) {
      case BEARER ->
          Optional.of(
              API_KEY.matcher(secret).matches()
                  ? exchange.exchangeKey(new SentApiKey(secret)).accessToken()
                  : secret);
      case SESSION -> exchanged(new SentSession(secret));
    };
  }

  private Optional<String> exchanged(SentSession session) {
    try {
      return Optional.of(exchange.exchangeSession(session).accessToken());
    } catch (UpstreamProblem refusal) {
      if (refusal.type().equals(InvalidToken.TYPE.uri())) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** No header has a line break, so no token has the digest of a session. */
  private static String digest(Credential credential) {
    String text = credential.kind() + "\n" + credential.secret();
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
