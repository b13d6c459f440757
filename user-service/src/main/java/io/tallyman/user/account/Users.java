package io.tallyman.user.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on users. Those that write are {@link UserChanges}' alone. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface Users extends GenericRepository<User, Long> {
  Optional<User> findById(long id);

  /** The first users after an id, in the order in which they were added. */
  @Query("SELECT * FROM account WHERE id > :id ORDER BY id LIMIT :count")
  List<User> after(long id, int count);

  /** Those of the users that exist, in the order asked. */
  @Query(
      """
      SELECT account.*
      FROM unnest(:ids) WITH ORDINALITY AS asked (id, place) JOIN account USING (id)
      ORDER BY place
      """)
  List<User> chosen(Long[] ids);

  @Query(
      """
      INSERT INTO account (name, email, username, password_hash, roles)
      VALUES (:name, :email, :username, :passwordHash, :roles)
      RETURNING *
      """)
  User add(String name, String email, String username, String passwordHash, List<Role> roles);

  /**
   * Changes what is not null and leaves the rest, whoever changes that meanwhile.
   *
   * @return null if nobody has the id; the framework fails on an Optional here
   */
  @Query(
      """
      UPDATE account SET
        name = coalesce(:name, name),
        email = coalesce(:email, email),
        username = coalesce(:username, username),
        password_hash = coalesce(:passwordHash, password_hash),
        roles = coalesce(CAST(:roles AS text[]), roles)
      WHERE id = :id
      RETURNING *
      """)
  @Nullable User change(
      long id,
      @Nullable String name,
      @Nullable String email,
      @Nullable String username,
      @Nullable String passwordHash,
      @Nullable List<Role> roles);
}
