package io.tallyman.user.account;

import io.tallyman.kit.idempotency.Fingerprint;

/**
 * Knows a request with a password again, and keeps as little of the password as the account does.
 */
record HashedRequest(NewUser user, PasswordHashing hashing) implements Fingerprint {
  @Override
  public String make() {
    return hashing.hash(text());
  }

  @Override
  public boolean matches(String kept) {
    return hashing.matches(text(), kept);
  }

  private String text() {
    return String.join(
        "\0", user.name(), user.email(), user.username(), user.roles().toString(), user.password());
  }
}
