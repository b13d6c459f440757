package io.tallyman.user.profile;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * @param key the key for sealed profiles: 32 random bytes in base64url, shared with the readers of
 *     the profiles. Without a key, no profile is sealed
 */
@Context
@ConfigurationProperties("tallyman.profiles")
record ProfileConfiguration(@Nullable String key) {
  ProfileConfiguration {
    if (key != null) {
      requireKey(key);
    }
  }

  Optional<Fernet> seal() {
    return Optional.ofNullable(key).map(Fernet::new);
  }

  @Override
  public String toString() {
    return "ProfileConfiguration[key=hidden]";
  }

  private static void requireKey(String key) {
    try {
      Fernet _ = new Fernet(key);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(
          "tallyman.profiles.key must be 32 random bytes in base64url. This command makes one:"
              + " openssl rand -base64 32 | tr '+/' '-_'",
          bad);
    }
  }
}
