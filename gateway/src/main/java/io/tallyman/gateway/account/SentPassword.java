package io.tallyman.gateway.account;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * @param session the secret of the session that sends the request, which does not end; null if the
 *     request has an access token
 */
@Serdeable
record SentPassword(
    @Nullable String currentPassword, @Nullable String newPassword, @Nullable String session) {

  static SentPassword of(NewPassword password, @Nullable String session) {
    return new SentPassword(password.currentPassword(), password.newPassword(), session);
  }

  @Override
  public String toString() {
    return "SentPassword[hidden]";
  }
}
