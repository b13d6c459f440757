package io.tallyman.gateway.login;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.account.User;

/**
 * @param session the secret, which only the cookie contains
 */
@Serdeable
record NewSession(String session, User user) {
  @Override
  public String toString() {
    return "NewSession[hidden]";
  }
}
