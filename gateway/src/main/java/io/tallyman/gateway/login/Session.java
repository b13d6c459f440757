package io.tallyman.gateway.login;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.account.User;
import org.jspecify.annotations.Nullable;

/**
 * What a script of the dashboard knows about the session of its browser.
 *
 * @param user null if nobody is logged in
 * @param csrfToken null if nobody is logged in
 */
@Serdeable
record Session(@Nullable User user, @Nullable String csrfToken) {
  static final Session NONE = new Session(null, null);

  @Override
  public String toString() {
    return "Session[hidden]";
  }
}
