package io.tallyman.kit.page;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import org.jspecify.annotations.Nullable;

/**
 * @param key signs cursors; at least {@value #SHORTEST} characters, and the same in all instances
 *     of a service. Without it, each process creates a random key when it starts, and its cursors
 *     become invalid when it ends
 */
@Context
@Requires(classes = JdbcRepository.class)
@ConfigurationProperties("tallyman.cursors")
record CursorConfiguration(@Nullable String key) {
  private static final int SHORTEST = 32;

  CursorConfiguration {
    if (key != null && key.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "tallyman.cursors.key must have at least " + SHORTEST + " characters");
    }
  }

  @Override
  public String toString() {
    return "CursorConfiguration[key=hidden]";
  }
}
