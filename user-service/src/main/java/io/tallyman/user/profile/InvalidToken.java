package io.tallyman.user.profile;

/** A token that was not sealed with the key, or is too old. Nothing tells which. */
final class InvalidToken extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidToken() {
    super("The token is damaged, too old, or was sealed with another key");
  }
}
