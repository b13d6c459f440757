package io.tallyman.user.login;

import io.tallyman.user.account.StoredPassword;
import io.tallyman.user.account.Users;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Checks usernames and passwords. */
@Singleton
final class Credentials {
  /** Checked in place of the hash of a user who does not exist, so that this costs the same. */
  private final String ofNobody = PasswordHashing.ofNobody();

  private final Users users;
  private final PasswordHashing hashing;

  Credentials(Users users, PasswordHashing hashing) {
    this.users = users;
    this.hashing = hashing;
  }

  /**
   * The stored password of the user with this username and this password. One statement and one
   * hash are needed to learn that there is none, whatever the reason. If the stored hash is
   * outdated, it is replaced.
   *
   * @param username in any case
   */
  Optional<StoredPassword> check(String username, String password) {
    Optional<StoredPassword> stored = users.password(username);
    String hash = stored.map(StoredPassword::passwordHash).orElse(ofNobody);
    boolean matches = hashing.matches(password, hash);
    if (!matches || stored.isEmpty()) {
      return Optional.empty();
    }
    if (!hashing.isOutdated(hash)) {
      return stored;
    }
    StoredPassword renewed = new StoredPassword(stored.get().id(), hashing.hash(password));
    return users.replacePasswordHash(renewed.id(), hash, renewed.passwordHash()) == 1
        ? Optional.of(renewed)
        // Another request has replaced it.
        : check(username, password);
  }
}
