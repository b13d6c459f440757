package io.tallyman.user.profile;

/** The token was not created with the key, or is too old. The exception does not tell which. */
final class InvalidToken extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidToken() {
    super("The token is damaged, too old, or was created with another key");
  }
}
