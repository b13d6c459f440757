package io.tallyman.user.admin;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import org.jspecify.annotations.Nullable;

/**
 * @param password the password of the first admin, 8 to 200 characters; without it, none is created
 */
@Context
@ConfigurationProperties("tallyman.admin")
record AdminConfiguration(@Nullable String password) {
  private static final int FEWEST = 8;
  private static final int MOST = 200;

  AdminConfiguration {
    // An empty variable is the same as none.
    password = password == null || password.isEmpty() ? null : password;
    if (password != null && (password.length() < FEWEST || password.length() > MOST)) {
      throw new IllegalArgumentException("tallyman.admin.password must have 8 to 200 characters");
    }
  }

  @Override
  public String toString() {
    return "AdminConfiguration[password=hidden]";
  }
}
