package io.tallyman.user.account;

import io.micronaut.data.exceptions.DataAccessException;
import io.tallyman.kit.database.ViolatedConstraint;
import io.tallyman.kit.patch.ValidChanges;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds and changes single users: checks the values, hashes the password, then runs one statement.
 */
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
   * @throws EmailTaken if another user has the email
   * @throws UsernameTaken if another user has the username
   */
  User add(NewUser user, String passwordHash) {
    try {
      return users.add(
          user.name(),
          user.email(),
          user.username(),
          passwordHash,
          user.roles().stream().distinct().toList());
    } catch (DataAccessException failure) {
      throw refusal(failure, user.email(), user.username());
    }
  }

  /**
   * Changes the given fields and leaves the others.
   *
   * @return the user after the change
   * @throws jakarta.validation.ConstraintViolationException with all invalid values
   * @throws UnknownUser if no user has the id
   * @throws EmailTaken if another user has the email
   * @throws UsernameTaken if another user has the username
   */
  User change(long id, ChangedUser change) {
    valid.require(NewUser.class, change.changes());
    @Nullable String password = change.password().value();
    @Nullable List<Role> roles = change.roles().value();
    @Nullable String email = change.email().value();
    @Nullable String username = change.username().value();
    @Nullable String passwordHash = password == null ? null : hashing.hash(password);
    try {
      @Nullable User changed =
          users.change(
              id,
              change.name().value(),
              email,
              username,
              passwordHash,
              roles == null ? null : roles.stream().distinct().toList());
      if (changed == null) {
        throw new UnknownUser(id);
      }
      return changed;
    } catch (DataAccessException failure) {
      throw refusal(failure, email, username);
    }
  }

  private static RuntimeException refusal(
      DataAccessException failure, @Nullable String email, @Nullable String username) {
    return switch (ViolatedConstraint.in(failure).orElse("")) {
      case "account_email_key" -> new EmailTaken(String.valueOf(email));
      case "account_username_key" -> new UsernameTaken(String.valueOf(username));
      default -> failure;
    };
  }
}
