package io.tallyman.user.ownpassword;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.User;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * @param session the secret of the session that sends the request, which does not end; null if the
 *     request has an access token
 */
@Serdeable
record NewPassword(
    @NotNull @Size(max = User.LONGEST_PASSWORD) String currentPassword,
    @NotNull @Size(min = User.SHORTEST_PASSWORD, max = User.LONGEST_PASSWORD) String newPassword,
    @Nullable String session) {

  @Override
  public String toString() {
    return "NewPassword[hidden]";
  }
}
