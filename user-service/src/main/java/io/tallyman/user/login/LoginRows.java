package io.tallyman.user.login;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL statements on logins. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface LoginRows extends GenericRepository<Login, UUID> {
  /**
   * @param lifetime in seconds
   */
  @Query(
      """
      INSERT INTO login (id, account_id, address, token_hash, expires_at)
      VALUES (:id, :accountId, :address, :tokenHash, now() + make_interval(secs => :lifetime))
      """)
  void add(UUID id, long accountId, String address, String tokenHash, double lifetime);

  /** Ends all logins of an account but the latest ones. */
  @Query(
      """
      DELETE FROM login WHERE id IN (
        SELECT id FROM login WHERE account_id = :accountId
        ORDER BY created_at DESC OFFSET :most)
      """)
  int deleteAllBut(int most, long accountId);

  /**
   * Replaces the latest refresh token of a login by the next one.
   *
   * @return null if the token was not the latest one, or the login has ended, or the password was
   *     changed after the login
   */
  @Query(
      """
      UPDATE login SET token_hash = :next
      WHERE id = :id AND token_hash = :sent AND idle_until IS NULL
        AND reused_at IS NULL AND expires_at > now()
        AND created_at >= (SELECT password_changed_at FROM account WHERE account.id = account_id)
      RETURNING *
      """)
  @Nullable Login replaceToken(UUID id, String sent, String next);

  /**
   * Ends a login of which an earlier refresh token was sent.
   *
   * @return the login if it has ended because of that, now or before; null if there is no such
   *     login
   */
  @Query(
      """
      UPDATE login SET reused_at = coalesce(reused_at, now())
      WHERE id = :id AND idle_until IS NULL AND expires_at > now()
        AND (token_hash <> :sent OR reused_at IS NOT NULL)
      RETURNING *
      """)
  @Nullable Login endIfReused(UUID id, String sent);

  /** Whether the current transaction was the first that found a token of the login reused. */
  @Query("SELECT EXISTS (SELECT FROM login WHERE id = :id AND reused_at = now())")
  boolean endedNow(UUID id);

  /**
   * @param lifetime in seconds
   * @param idle seconds after which the session ends if it is not used
   */
  @Query(
      """
      INSERT INTO login (id, account_id, address, token_hash, expires_at, idle_until)
      VALUES (:id, :accountId, :address, :tokenHash, now() + make_interval(secs => :lifetime),
        now() + make_interval(secs => :idle))
      """)
  void addSession(
      UUID id, long accountId, String address, String tokenHash, double lifetime, double idle);

  /**
   * Uses a session.
   *
   * @return null if the session is unknown or has ended, or the password was changed after the
   *     login
   */
  @Query(
      """
      UPDATE login SET idle_until = now() + make_interval(secs => :idle)
      WHERE id = :id AND token_hash = :sent AND idle_until > now() AND expires_at > now()
        AND created_at >= (SELECT password_changed_at FROM account WHERE account.id = account_id)
      RETURNING *
      """)
  @Nullable Login useSession(UUID id, String sent, double idle);

  /** The login counts as begun now. It ends no later than before. */
  @Query("UPDATE login SET created_at = now() WHERE id = :id")
  int restart(UUID id);

  /**
   * @return the login that was deleted; null if it is unknown
   */
  @Query("DELETE FROM login WHERE id = :id RETURNING *")
  @Nullable Login delete(UUID id);

  /** Whether somebody has logged in to this account from this address, and the login lasts. */
  @Query(
      """
      SELECT EXISTS (
        SELECT FROM login JOIN account ON account.id = login.account_id
        WHERE lower(account.username) = lower(:username) AND login.address = :address)
      """)
  boolean isKnown(String username, String address);

  @Query(
      """
      DELETE FROM login WHERE id IN (SELECT id FROM login WHERE expires_at <= now() LIMIT :most)
      """)
  int deleteExpired(int most);
}
