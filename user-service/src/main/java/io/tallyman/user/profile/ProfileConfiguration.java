package io.tallyman.user.profile;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * @param key seals profiles: 32 random bytes in base64url, known to those who open them. Without
 *     one none is sealed
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
          "tallyman.profiles.key must be 32 random bytes in base64url, such as"
              + " \"openssl rand -base64 32 | tr '+/' '-_'\" prints",
          bad);
    }
  }
}
