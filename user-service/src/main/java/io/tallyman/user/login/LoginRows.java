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
   * Adds a login, unless the account has another password by now. It waits for a change of the
   * account that is being committed, and a later change waits for it.
   *
   * @param passwordHash that was checked; null if a provider has proved who the user is
   * @param lifetime in seconds
   * @param idle seconds after which the login ends if it is not used; null if it is no session
   * @return how many logins were added
   */
  @Query(
      """
      INSERT INTO login (id, account_id, address, token_hash, expires_at, idle_until)
      SELECT :id, account.id, :address, :tokenHash, now() + make_interval(secs => :lifetime),
        now() + make_interval(secs => CAST(:idle AS double precision))
      FROM account
      WHERE account.id = :accountId
        AND password_hash IS NOT DISTINCT FROM CAST(:passwordHash AS text)
      FOR SHARE
      """)
  int add(
      UUID id,
      long accountId,
      @Nullable String passwordHash,
      String address,
      String tokenHash,
      double lifetime,
      @Nullable Double idle);

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
  @Query("UPDATE login SET created_at = clock_timestamp() WHERE id = :id")
  int restart(UUID id);

  /**
   * @return the login that was deleted; null if it is unknown
   */
  @Query("DELETE FROM login WHERE id = :id RETURNING *")
  @Nullable Login delete(UUID id);

  /** Remembers that a user has logged in from an address. */
  @Query(
      """
      INSERT INTO known_address (account_id, address) VALUES (:accountId, :address)
      ON CONFLICT (account_id, address) DO UPDATE SET seen_at = now()
      """)
  void remember(long accountId, String address);

  /** Forgets all addresses of an account but the latest ones. */
  @Query(
      """
      DELETE FROM known_address
      WHERE account_id = :accountId AND address IN (
        SELECT address FROM known_address WHERE account_id = :accountId
        ORDER BY seen_at DESC OFFSET :most)
      """)
  int forgetAllBut(int most, long accountId);

  /** Whether somebody has logged in to this account from this address during the last 30 days. */
  @Query(
      """
      SELECT EXISTS (
        SELECT FROM known_address JOIN account ON account.id = account_id
        WHERE lower(username) = lower(:username) AND address = :address
          AND seen_at > now() - interval '30 days')
      """)
  boolean isKnown(String username, String address);

  @Query(
      """
      DELETE FROM known_address WHERE ctid IN (
        SELECT ctid FROM known_address WHERE seen_at <= now() - interval '30 days' LIMIT :most)
      """)
  int forgetAddresses(int most);

  @Query(
      """
      DELETE FROM login WHERE id IN (SELECT id FROM login WHERE expires_at <= now() LIMIT :most)
      """)
  int deleteExpired(int most);
}
