package io.tallyman.user.login;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.InvalidToken;
import io.tallyman.user.account.StoredPassword;
import io.tallyman.user.account.User;
import io.tallyman.user.account.Users;
import io.tallyman.user.token.AccessTokens;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins, refreshes and ends logins. A login has one valid refresh token at a time. If an earlier
 * one is sent, the login ends, because the client or a thief has an outdated copy.
 */
@Singleton
class Logins {
  /** Of one account, and of the addresses of its logins. The next one ends the oldest. */
  static final int MOST = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
  private static final String TYPE = "Bearer";
  private static final int BATCH = 1_000;

  private final LoginRows rows;
  private final Users users;
  private final AccessTokens accessTokens;
  private final LoginConfiguration configuration;
  private final RequestTransactions transactions;
  private final LoginAudit audit;

  Logins(
      LoginRows rows,
      Users users,
      AccessTokens accessTokens,
      LoginConfiguration configuration,
      RequestTransactions transactions,
      LoginAudit audit) {
    this.rows = rows;
    this.users = users;
    this.accessTokens = accessTokens;
    this.configuration = configuration;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * Begins a login of a user whose password was checked.
   *
   * @throws BadCredentials if the user has another password by now
   */
  IssuedTokens begin(StoredPassword checked, String address) {
    LoginToken token = LoginToken.of(UUID.randomUUID());
    return transactions.write(
        () -> {
          int added =
              rows.add(
                  token.login(),
                  checked.id(),
                  checked.passwordHash(),
                  address,
                  token.hash(),
                  (double) configuration.lifetime().toSeconds(),
                  null);
          if (added == 0) {
            throw new BadCredentials();
          }
          return issue(began(checked.id(), address, LoginAudit.Way.TOKEN), token);
        });
  }

  /** What follows the insertion of each login, in the same transaction. */
  User began(long account, String address, LoginAudit.Way way) {
    User user = users.findById(account).orElseThrow();
    rows.deleteAllBut(MOST, account);
    rows.remember(account, address);
    rows.forgetAllBut(MOST, account);
    audit.succeeded(user, way);
    return user;
  }

  /**
   * Issues the next tokens. If this fails, the sent token remains valid.
   *
   * @throws InvalidToken if the login is unknown or has ended
   * @throws RefreshReused if an earlier token of the login was sent, now or before
   */
  IssuedTokens refresh(String sent) {
    LoginToken token = LoginToken.read(sent).orElseThrow(Logins::unknown);
    LoginToken next = LoginToken.of(token.login());
    Optional<IssuedTokens> issued =
        transactions.write(
            () -> {
              @Nullable Login login = rows.replaceToken(token.login(), token.hash(), next.hash());
              return login == null
                  ? Optional.empty()
                  : users.findById(login.accountId()).map(user -> issue(user, next));
            });
    return issued.orElseThrow(() -> refusal(token));
  }

  /** Any refresh token of the login ends it. */
  void end(String sent) {
    end(LoginToken.read(sent).orElseThrow(Logins::unknown));
  }

  /** Has no effect on a login that is unknown. */
  void end(LoginToken token) {
    transactions.write(
        () -> {
          Optional<Login> ended = Optional.ofNullable(rows.delete(token.login()));
          ended.ifPresent(audit::ended);
          return ended;
        });
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    int forgotten;
    do {
      forgotten = Math.max(rows.deleteExpired(BATCH), rows.forgetAddresses(BATCH));
    } while (forgotten == BATCH);
  }

  private RuntimeException refusal(LoginToken token) {
    if (!endIfReused(token)) {
      return unknown();
    }
    LOG.warn(
        "An earlier refresh token was sent again. The login has ended; its user must log in"
            + " again.");
    return new RefreshReused();
  }

  private boolean endIfReused(LoginToken token) {
    return transactions.write(
        () -> {
          Optional<Login> ended =
              Optional.ofNullable(rows.endIfReused(token.login(), token.hash()));
          ended.filter(login -> rows.endedNow(login.id())).ifPresent(audit::reused);
          return ended.isPresent();
        });
  }

  private static InvalidToken unknown() {
    return new InvalidToken("The refresh token is unknown, or its login has ended. Log in again.");
  }

  private IssuedTokens issue(User user, LoginToken refreshToken) {
    return new IssuedTokens(
        accessTokens.issue(user), TYPE, accessTokens.lifetime().toSeconds(), refreshToken.text());
  }
}
