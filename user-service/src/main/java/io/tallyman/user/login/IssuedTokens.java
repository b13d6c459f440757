package io.tallyman.user.login;

import io.micronaut.serde.annotation.Serdeable;

/**
 * The answer to a login and to a refresh, named as in RFC 6749.
 *
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
