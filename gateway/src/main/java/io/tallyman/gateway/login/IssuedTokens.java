package io.tallyman.gateway.login;

import io.micronaut.serde.annotation.Serdeable;

/**
 * @param expiresIn seconds after which the access token expires
 * @param refreshToken can be used once
 */
@Serdeable
record IssuedTokens(String accessToken, String tokenType, long expiresIn, String refreshToken) {
  @Override
  public String toString() {
    return "IssuedTokens[hidden]";
  }
}
