package io.tallyman.user.account;

import io.tallyman.kit.database.ViolatedConstraint;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

@Singleton
public final class Users {
  private final Jdbi jdbi;

  Users(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @throws EmailTaken if another user has the email
   * @throws UsernameTaken if another user has the username
   */
  User add(NewUser user, String passwordHash) {
    try {
      return jdbi.withHandle(handle -> insert(handle, user, passwordHash));
    } catch (UnableToExecuteStatementException failure) {
      throw refusal(failure, user.email(), user.username());
    }
  }

  /**
   * Changes what is given and leaves the rest, whoever changes that meanwhile.
   *
   * @return the user as it is now; empty if nobody has the id
   * @throws EmailTaken if another user has the email
   * @throws UsernameTaken if another user has the username
   */
  Optional<User> change(long id, ChangedUser change, @Nullable String passwordHash) {
    try {
      return jdbi.withHandle(handle -> update(handle, id, change, passwordHash));
    } catch (UnableToExecuteStatementException failure) {
      throw refusal(failure, change.email().value(), change.username().value());
    }
  }

  public Optional<User> find(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM account WHERE id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(User.class))
                .findOne());
  }

  private static User insert(Handle transaction, NewUser user, String passwordHash) {
    return transaction
        .createQuery(
            """
            INSERT INTO account (name, email, username, password_hash, roles)
            VALUES (:name, :email, :username, :passwordHash, :roles)
            RETURNING *
            """)
        .bind("name", user.name())
        .bind("email", user.email())
        .bind("username", user.username())
        .bind("passwordHash", passwordHash)
        .bindArray("roles", Role.class, user.roles().stream().distinct().toList())
        .map(ConstructorMapper.of(User.class))
        .one();
  }

  private static Optional<User> update(
      Handle handle, long id, ChangedUser change, @Nullable String passwordHash) {
    @Nullable List<Role> roles = change.roles().value();
    return handle
        .createQuery(
            """
            UPDATE account SET
              name = coalesce(:name, name),
              email = coalesce(:email, email),
              username = coalesce(:username, username),
              password_hash = coalesce(:passwordHash, password_hash),
              roles = CASE WHEN :sameRoles THEN roles ELSE :roles END
            WHERE id = :id
            RETURNING *
            """)
        .bind("id", id)
        .bind("name", change.name().value())
        .bind("email", change.email().value())
        .bind("username", change.username().value())
        .bind("passwordHash", passwordHash)
        .bind("sameRoles", roles == null)
        .bindArray(
            "roles", Role.class, roles == null ? List.of() : roles.stream().distinct().toList())
        .map(ConstructorMapper.of(User.class))
        .findOne();
  }

  private static RuntimeException refusal(
      UnableToExecuteStatementException failure,
      @Nullable String email,
      @Nullable String username) {
    return switch (ViolatedConstraint.in(failure).orElse("")) {
      case "account_email_key" -> new EmailTaken(String.valueOf(email));
      case "account_username_key" -> new UsernameTaken(String.valueOf(username));
      default -> failure;
    };
  }
}
