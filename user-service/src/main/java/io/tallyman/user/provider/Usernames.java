package io.tallyman.user.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallyman.kit.idempotency.Digest;
import java.util.List;

/** Makes usernames of what a provider calls its users. */
final class Usernames {
  private static final int LONGEST = 50;
  private static final int SHORTEST = 3;
  private static final int DIGEST = 12;

  private Usernames() {}

  /**
   * The usernames that a user may get: like the preferred one if it is free, or else with an end
   * that no other user has.
   */
  static List<String> of(ProviderLogin login) {
    String similar =
        login.username().replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[._-]+", "");
    String own = similar.substring(0, Math.min(similar.length(), LONGEST));
    String unique =
        Digest.of((login.issuer() + '\n' + login.subject()).getBytes(UTF_8))
            .sha256()
            .substring(0, DIGEST);
    return own.length() < SHORTEST ? List.of("user-" + unique) : List.of(own, own + '-' + unique);
  }
}
