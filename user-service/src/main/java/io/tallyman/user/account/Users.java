package io.tallyman.user.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL statements on users. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface Users extends GenericRepository<User, Long> {
  Optional<User> findById(long id);

  boolean existsById(long id);

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
   * The user, whom no other transaction changes until the current one has ended. The framework
   * takes a SELECT that ends in FOR UPDATE for an UPDATE.
   *
   * @return null if no user has the id
   */
  @Query("UPDATE account SET name = name WHERE id = :id RETURNING *")
  @Transactional(propagation = Propagation.MANDATORY)
  @Nullable User lock(long id);

  @Query("SELECT id FROM account WHERE lower(username) = lower(:username)")
  Optional<Long> idOf(String username);

  /**
   * Changes the fields whose value is not null. It does not overwrite concurrent changes of other
   * fields. A new password ends the logins before it. So the user must be {@link #lock locked}: no
   * login begins between the time of the change and its commit.
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
        password_changed_at =
          CASE WHEN CAST(:passwordHash AS text) IS NULL THEN password_changed_at
            ELSE clock_timestamp() END,
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

  /**
   * The password of a user. A user of a provider has none, as a user who does not exist.
   *
   * @param username in any case
   */
  @Query(
      """
      SELECT id, password_hash FROM account
      WHERE lower(username) = lower(:username) AND password_hash IS NOT NULL
      """)
  Optional<StoredPassword> password(String username);

  /** Replaces the hash of a password by another hash of the same password. */
  @Query("UPDATE account SET password_hash = :made WHERE id = :id AND password_hash = :outdated")
  int replacePasswordHash(long id, String outdated, String made);

  /**
   * Changes a password whose hash was checked. It ends the logins before it, so the user must be
   * {@link #lock locked}.
   *
   * @return 0 if the user has another password now
   */
  @Query(
      """
      UPDATE account SET password_hash = :made, password_changed_at = clock_timestamp()
      WHERE id = :id AND password_hash = :checked
      """)
  int changePassword(long id, String checked, String made);

  @Query("SELECT EXISTS (SELECT FROM account WHERE 'ADMIN' = ANY(roles))")
  boolean hasAdmin();

  /**
   * Adds the user {@code admin}, unless a user has the role, the username or the email.
   *
   * @return how many users were added
   */
  @Query(
      """
      INSERT INTO account (name, email, username, password_hash, roles)
      SELECT 'Administrator', 'admin@localhost', 'admin', :passwordHash, ARRAY['ADMIN']
      WHERE NOT EXISTS (SELECT FROM account WHERE 'ADMIN' = ANY(roles))
      ON CONFLICT DO NOTHING
      """)
  int addFirstAdmin(String passwordHash);
}
