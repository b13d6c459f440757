package io.tallyman.user.account;

import io.micronaut.data.exceptions.DataAccessException;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.database.ViolatedConstraint;
import io.tallyman.kit.patch.ValidChanges;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds and changes single users: checks the values, hashes the password, then runs one statement.
 */
@Singleton
final class UserChanges {
  private final Users users;
  private final ValidChanges valid;
  private final PasswordHashing hashing;
  private final RequestTransactions transactions;
  private final UserAudit audit;

  UserChanges(
      Users users,
      ValidChanges valid,
      PasswordHashing hashing,
      RequestTransactions transactions,
      UserAudit audit) {
    this.users = users;
    this.valid = valid;
    this.hashing = hashing;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * Adds a user in the current transaction.
   *
   * @throws EmailTaken if another user has the email
   * @throws UsernameTaken if another user has the username
   */
  User add(NewUser user, String passwordHash) {
    try {
      User added =
          users.add(
              user.name(),
              user.email(),
              user.username(),
              passwordHash,
              user.roles().stream().distinct().toList());
      audit.added(added);
      return added;
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
   * @throws PasswordAtProvider if the user of a provider should get a password
   */
  User change(long id, ChangedUser change) {
    valid.require(NewUser.class, change.changes());
    @Nullable String password = change.password().value();
    @Nullable String passwordHash = password == null ? null : hashing.hash(password);
    try {
      return transactions.write(() -> change(id, change, passwordHash));
    } catch (DataAccessException failure) {
      throw refusal(failure, change.email().value(), change.username().value());
    }
  }

  private User change(long id, ChangedUser change, @Nullable String passwordHash) {
    @Nullable User before = users.lock(id);
    if (before == null) {
      throw new UnknownUser(id);
    }
    if (passwordHash != null && before.provider() != null) {
      throw new PasswordAtProvider(before.provider(), "/password");
    }
    @Nullable List<Role> roles = change.roles().value();
    @Nullable User changed =
        users.change(
            id,
            change.name().value(),
            change.email().value(),
            change.username().value(),
            passwordHash,
            roles == null ? null : roles.stream().distinct().toList());
    audit.changed(before, Objects.requireNonNull(changed), passwordHash != null);
    return changed;
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
