package io.tallyman.user.provider;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL statements on users of a provider. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ProviderUserRows extends GenericRepository<User, Long> {
  /**
   * The user, whom no other transaction changes until the current one has ended.
   *
   * @return null if there is none yet
   */
  @Query(
      """
      UPDATE account SET name = name WHERE provider = :provider AND subject = :subject
      RETURNING *
      """)
  @Nullable User lock(String provider, String subject);

  /**
   * @return null if the username is taken, or if the user was added meanwhile
   */
  @Query(
      """
      INSERT INTO account (provider, subject, name, email, username, roles)
      VALUES (:provider, :subject, :name, :email, :username, :roles)
      ON CONFLICT DO NOTHING
      RETURNING *
      """)
  @Nullable User add(
      String provider,
      String subject,
      String name,
      String email,
      String username,
      List<Role> roles);
}
