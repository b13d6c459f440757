package io.tallyman.user.login;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.User;

/**
 * @param session the secret that the gateway keeps in a cookie of the browser
 * @param user who has logged in
 */
@Serdeable
public record NewSession(String session, User user) {
  @Override
  public String toString() {
    return "NewSession[hidden]";
  }
}
