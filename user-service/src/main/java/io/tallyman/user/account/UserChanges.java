package io.tallyman.user.account;

import io.tallyman.kit.patch.ValidChanges;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Changes users one by one: checked first, then hashed, then in one statement. */
@Singleton
final class UserChanges {
  private final Users users;
  private final ValidChanges valid;
  private final PasswordHashing hashing;

  UserChanges(Users users, ValidChanges valid, PasswordHashing hashing) {
    this.users = users;
    this.valid = valid;
    this.hashing = hashing;
  }

  /**
   * @throws jakarta.validation.ConstraintViolationException of all values that a user may not have
   * @throws UnknownUser if nobody has the id
   * @throws EmailTaken if another user has the email
   * @throws UsernameTaken if another user has the username
   */
  User change(long id, ChangedUser change) {
    valid.require(NewUser.class, change.changes());
    @Nullable String password = change.password().value();
    return users
        .change(id, change, password == null ? null : hashing.hash(password))
        .orElseThrow(() -> new UnknownUser(id));
  }
}
