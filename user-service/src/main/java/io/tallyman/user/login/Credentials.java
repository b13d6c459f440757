package io.tallyman.user.login;

import io.tallyman.user.account.StoredPassword;
import io.tallyman.user.account.User;
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
   * The user with this username and this password. One statement and one hash are needed to learn
   * that there is none, whatever the reason. If the stored hash is outdated, it is replaced.
   *
   * @param username in any case
   */
  Optional<User> check(String username, String password) {
    Optional<StoredPassword> stored = users.password(username);
    String hash = stored.map(StoredPassword::passwordHash).orElse(ofNobody);
    boolean matches = hashing.matches(password, hash);
    if (!matches || stored.isEmpty()) {
      return Optional.empty();
    }
    long id = stored.get().id();
    if (hashing.isOutdated(hash)) {
      users.replacePasswordHash(id, hash, hashing.hash(password));
    }
    return users.findById(id);
  }
}
