package io.tallyman.user.login;

import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.user.account.StoredPassword;
import io.tallyman.user.account.User;
import io.tallyman.user.account.Users;
import io.tallyman.user.token.AccessTokens;
import io.tallyman.user.token.ExchangedToken;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Begins, uses and ends sessions, which are the logins of browsers. A session has one token. It
 * ends if it is not used for some time.
 */
@Singleton
public class Sessions {
  private final LoginRows rows;
  private final Users users;
  private final AccessTokens accessTokens;
  private final LoginConfiguration configuration;
  private final RequestTransactions transactions;
  private final Logins logins;

  Sessions(
      LoginRows rows,
      Users users,
      AccessTokens accessTokens,
      LoginConfiguration configuration,
      RequestTransactions transactions,
      Logins logins) {
    this.rows = rows;
    this.users = users;
    this.accessTokens = accessTokens;
    this.configuration = configuration;
    this.transactions = transactions;
    this.logins = logins;
  }

  /** Begins a session of a user who has proved at a provider who it is. */
  public NewSession begin(User user, String address) {
    return begin(user.id(), null, address, LoginAudit.Way.PROVIDER);
  }

  /**
   * Begins a session of a user whose password was checked.
   *
   * @throws BadCredentials if the user has another password by now
   */
  NewSession begin(StoredPassword checked, String address) {
    return begin(checked.id(), checked.passwordHash(), address, LoginAudit.Way.SESSION);
  }

  private NewSession begin(
      long account, @Nullable String passwordHash, String address, LoginAudit.Way way) {
    LoginToken token = LoginToken.of(UUID.randomUUID());
    return transactions.write(
        () -> {
          int added =
              rows.add(
                  token.login(),
                  account,
                  passwordHash,
                  address,
                  token.hash(),
                  (double) configuration.sessionLifetime().toSeconds(),
                  idle());
          if (added == 0) {
            throw new BadCredentials();
          }
          return new NewSession(token.text(), logins.began(account, address, way));
        });
  }

  /**
   * A token for the user of the session, with the roles of now. The session counts as used.
   *
   * @throws InvalidToken if the session is unknown or has ended
   */
  ExchangedToken exchange(String sent) {
    return transactions.write(
        () ->
            users
                .findById(used(sent).accountId())
                .map(user -> accessTokens.exchange(user, user.roles()))
                .orElseThrow(Sessions::unknown));
  }

  /**
   * The id of a session, which counts as used. Needs a transaction.
   *
   * @throws InvalidToken if the session is unknown or has ended
   */
  public UUID id(String sent) {
    return used(sent).id();
  }

  /** Lets a session go on after the current transaction has changed the password. */
  public void keep(UUID id) {
    rows.restart(id);
  }

  /** Has no effect on a session that is unknown or has ended. */
  void end(String sent) {
    LoginToken.read(sent).ifPresent(logins::end);
  }

  private Login used(String sent) {
    LoginToken token = LoginToken.read(sent).orElseThrow(Sessions::unknown);
    @Nullable Login session = rows.useSession(token.login(), token.hash(), idle());
    return Optional.ofNullable(session).orElseThrow(Sessions::unknown);
  }

  private double idle() {
    return (double) configuration.sessionIdle().toSeconds();
  }

  private static InvalidToken unknown() {
    return new InvalidToken("The session is unknown or has ended. Log in again.");
  }
}
