package io.tallyman.user.login;

import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.InvalidToken;
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
  private final LoginAudit audit;
  private final Logins logins;

  Sessions(
      LoginRows rows,
      Users users,
      AccessTokens accessTokens,
      LoginConfiguration configuration,
      RequestTransactions transactions,
      LoginAudit audit,
      Logins logins) {
    this.rows = rows;
    this.users = users;
    this.accessTokens = accessTokens;
    this.configuration = configuration;
    this.transactions = transactions;
    this.audit = audit;
    this.logins = logins;
  }

  /** Begins a session of a user who has proved who it is, by the password or at a provider. */
  public NewSession begin(User user, String address, LoginAudit.Way way) {
    LoginToken token = LoginToken.of(UUID.randomUUID());
    return transactions.write(
        () -> {
          rows.addSession(
              token.login(),
              user.id(),
              address,
              token.hash(),
              (double) configuration.sessionLifetime().toSeconds(),
              idle());
          rows.deleteAllBut(Logins.MOST, user.id());
          audit.succeeded(user, way);
          return new NewSession(token.text(), user);
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

  /**
   * Lets a session go on after a change of the password that follows in the current transaction.
   *
   * @throws InvalidToken if the session is unknown or has ended
   */
  public void keep(String sent) {
    rows.restart(id(sent));
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
