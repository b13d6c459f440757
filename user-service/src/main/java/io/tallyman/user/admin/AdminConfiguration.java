package io.tallyman.user.admin;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.tallyman.user.account.User;
import org.jspecify.annotations.Nullable;

/**
 * @param password the password of the first admin, 8 to 200 characters; without it, none is created
 */
@Context
@ConfigurationProperties("tallyman.admin")
record AdminConfiguration(@Nullable String password) {
  AdminConfiguration {
    // An empty variable is the same as none.
    password = password == null || password.isEmpty() ? null : password;
    if (password != null
        && (password.length() < User.SHORTEST_PASSWORD
            || password.length() > User.LONGEST_PASSWORD)) {
      throw new IllegalArgumentException("tallyman.admin.password must have 8 to 200 characters");
    }
  }

  @Override
  public String toString() {
    return "AdminConfiguration[password=hidden]";
  }
}
