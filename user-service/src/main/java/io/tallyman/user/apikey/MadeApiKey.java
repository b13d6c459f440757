package io.tallyman.user.apikey;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made; see {@link ApiKey}.
 *
 * @param key the secret, which is told only now
 */
@Serdeable
record MadeApiKey(
    long id,
    String name,
    String prefix,
    List<Role> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    String key) {
  static MadeApiKey of(ApiKey made, String key) {
    return new MadeApiKey(
        made.id(),
        made.name(),
        made.prefix(),
        made.scopes(),
        made.createdAt(),
        made.expiresAt(),
        made.lastUsedAt(),
        key);
  }

  @Override
  public String toString() {
    return "MadeApiKey[id=" + id + ", key=hidden]";
  }
}
