package io.tallyman.gateway.access;

import io.tallyman.gateway.access.ApiKeyClient.SentApiKey;
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
 * costs more than many requests. An API key is exchanged for a short access token, which is
 * remembered as well. Only valid tokens are remembered, by their digests, and only the tokens that
 * were used last.
 */
@Singleton
final class CheckedTokens {
  static final int MOST = 10_000;

  private static final Pattern API_KEY = Pattern.compile("tally_[A-Za-z0-9_-]{43}");

  private final ApiKeyClient apiKeys;
  private final IssuerKeys keys;
  private final TokenVerifier verifier;
  private final Map<String, AccessToken> checked = new LatestUsed<>(MOST);

  CheckedTokens(KeyClient client, ApiKeyClient apiKeys) {
    this.apiKeys = apiKeys;
    keys = new IssuerKeys(client::keys);
    verifier = new TokenVerifier(keys);
  }

  /** A token or an API key that was checked before and has not expired. Never blocks. */
  Optional<AccessToken> remembered(String token) {
    String digest = digest(token);
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
   * Checks a token or an API key, and may wait for user-service.
   *
   * @throws InvalidToken with a detail for the client
   */
  AccessToken check(String token) {
    String accessToken =
        API_KEY.matcher(token).matches()
            ? apiKeys.exchange(new SentApiKey(token)).accessToken()
            : token;
    AccessToken found = verifier.verify(accessToken);
    synchronized (checked) {
      checked.put(digest(token), found);
    }
    return found;
  }

  private static String digest(String token) {
    return Digest.of(token.getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
