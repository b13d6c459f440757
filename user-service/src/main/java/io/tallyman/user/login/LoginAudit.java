package io.tallyman.user.login;

import io.tallyman.kit.audit.AuditLog;
import io.tallyman.kit.audit.Sender;
import io.tallyman.user.account.User;
import io.tallyman.user.account.UserAudit;
import io.tallyman.user.account.Users;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes logins and their ends to the audit log. */
@Singleton
public final class LoginAudit {
  private final AuditLog log;
  private final Users users;

  LoginAudit(AuditLog log, Users users) {
    this.log = log;
    this.users = users;
  }

  /** How somebody logs in. */
  enum Way {
    TOKEN,
    SESSION,
    /** A session, after a login at an OpenID provider. */
    PROVIDER
  }

  /**
   * A login was tried and failed. Nobody proved who it was. The event has the account if there is
   * one, but never the text that was sent as the username, because that may be a password.
   */
  void failed(String username) {
    log.write("login.failed", UserAudit.KIND, users.idOf(username).orElse(null), Map.of());
  }

  /** A provider knows the user, who may not log in here. It is empty if there is no such user. */
  public void failed(Optional<User> user) {
    log.write("login.failed", UserAudit.KIND, user.map(User::id).orElse(null), Map.of());
  }

  /** A login has begun in the current transaction. */
  void succeeded(User user, Way way) {
    log.write(
        Sender.current().known(user.id(), user.username()),
        "login.succeeded",
        UserAudit.KIND,
        user.id(),
        Map.of("way", way.name().toLowerCase(Locale.ROOT)));
  }

  /** A login was ended by its user in the current transaction. */
  void ended(Login login) {
    users
        .findById(login.accountId())
        .ifPresent(
            user ->
                log.write(
                    Sender.current().known(user.id(), user.username()),
                    "logout",
                    UserAudit.KIND,
                    user.id(),
                    Map.of()));
  }

  /** An earlier refresh token was sent, so the login has ended. Whoever sent it may be a thief. */
  void reused(Login login) {
    log.write("login.reused", UserAudit.KIND, login.accountId(), Map.of());
  }
}
