package io.tallyman.user.ownpassword;

import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.user.account.PasswordAtProvider;
import io.tallyman.user.account.StoredPassword;
import io.tallyman.user.account.UnknownUser;
import io.tallyman.user.account.User;
import io.tallyman.user.account.UserAudit;
import io.tallyman.user.account.Users;
import io.tallyman.user.login.LoginThrottle;
import io.tallyman.user.login.Sessions;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks the current password of a user, and replaces it in one transaction. */
@Singleton
final class OwnPasswords {
  private final Users users;
  private final PasswordHashing hashing;
  private final LoginThrottle throttle;
  private final Sessions sessions;
  private final RequestTransactions transactions;
  private final UserAudit audit;

  OwnPasswords(
      Users users,
      PasswordHashing hashing,
      LoginThrottle throttle,
      Sessions sessions,
      RequestTransactions transactions,
      UserAudit audit) {
    this.users = users;
    this.hashing = hashing;
    this.throttle = throttle;
    this.sessions = sessions;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * Changes the password, and ends all logins of the user but the given session. A wrong current
   * password counts as a failed login, and costs one hash.
   *
   * @param address the network address of the sender
   * @throws UnknownUser if no user has the id
   * @throws PasswordAtProvider if the user of a provider should get a password
   * @throws WrongPassword if the current password is wrong, or another request has changed it
   * @throws io.tallyman.kit.security.InvalidToken if the session has ended
   */
  void change(long id, NewPassword wanted, String address) {
    User user = users.findById(id).orElseThrow(() -> new UnknownUser(id));
    if (user.provider() != null) {
      throw new PasswordAtProvider(user.provider(), "/new_password");
    }
    StoredPassword checked =
        throttle
            .attempt(user.username(), address, () -> find(user, wanted.currentPassword()))
            .orElseThrow(() -> refused(user));
    String made = hashing.hash(wanted.newPassword());
    transactions.write(
        () -> {
          // The account is locked before its logins, in the order in which a login locks them.
          users.lock(id);
          @Nullable UUID kept = wanted.session() == null ? null : sessions.id(wanted.session());
          if (users.changePassword(id, checked.passwordHash(), made) == 0) {
            throw new WrongPassword();
          }
          if (kept != null) {
            sessions.keep(kept);
          }
          audit.changed(user, user, true);
          return made;
        });
  }

  private WrongPassword refused(User user) {
    audit.passwordRefused(user);
    return new WrongPassword();
  }

  private Optional<StoredPassword> find(User user, String password) {
    return users
        .password(user.username())
        .filter(stored -> hashing.matches(password, stored.passwordHash()));
  }
}
