package io.tallyman.user.account;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

@Singleton
final class Users {
  private final Jdbi jdbi;

  Users(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * @throws EmailTaken if another user has the email
   * @throws UsernameTaken if another user has the username
   */
  User add(Handle transaction, NewUser user, String passwordHash) {
    try {
      return insert(transaction, user, passwordHash);
    } catch (UnableToExecuteStatementException failure) {
      String constraint = violatedConstraint(failure);
      if ("account_email_key".equals(constraint)) {
        throw new EmailTaken(user.email());
      }
      if ("account_username_key".equals(constraint)) {
        throw new UsernameTaken(user.username());
      }
      throw failure;
    }
  }

  Optional<User> find(long id) {
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

  private static @Nullable String violatedConstraint(UnableToExecuteStatementException failure) {
    ServerErrorMessage message =
        failure.getCause() instanceof PSQLException cause ? cause.getServerErrorMessage() : null;
    return message == null ? null : message.getConstraint();
  }
}
