package io.tallyman.user.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL statements on users. Only {@link UserChanges} uses those that write. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface Users extends GenericRepository<User, Long> {
  Optional<User> findById(long id);

  /** The first users after an id, in the order in which they were added. */
  @Query("SELECT * FROM account WHERE id > :id ORDER BY id LIMIT :count")
  List<User> after(long id, int count);

  /** The users with these ids that exist, in the order of the ids. */
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
   * Changes the fields whose value is not null. It does not overwrite concurrent changes of other
   * fields.
   *
   * @return null if no user has the id; the framework does not support an Optional here
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
