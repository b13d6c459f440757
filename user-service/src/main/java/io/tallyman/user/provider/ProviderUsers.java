package io.tallyman.user.provider;

import io.tallyman.user.account.User;
import io.tallyman.user.account.UserAudit;
import io.tallyman.user.account.Users;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds and adds users of a provider, by the issuer and the subject. Two users may have the same
 * email, so it is never used to find one.
 */
@Singleton
final class ProviderUsers {
  private final ProviderUserRows rows;
  private final Users users;
  private final UserAudit audit;

  ProviderUsers(ProviderUserRows rows, Users users, UserAudit audit) {
    this.rows = rows;
    this.users = users;
    this.audit = audit;
  }

  /**
   * The user of a login, who has the name, the email and the roles of this login from now on. A
   * user whom nobody knows is added, in the current transaction, but not without a role.
   */
  Optional<User> update(ProviderLogin login) {
    Optional<User> known = known(login);
    if (known.isPresent() || login.roles().isEmpty()) {
      return known;
    }
    for (String username : Usernames.of(login)) {
      @Nullable User added =
          rows.add(
              login.issuer(),
              login.subject(),
              login.name(),
              login.email(),
              username,
              login.distinctRoles());
      if (added != null) {
        audit.added(added);
        return Optional.of(added);
      }
      // Another request may have added the same user.
      Optional<User> meanwhile = known(login);
      if (meanwhile.isPresent()) {
        return meanwhile;
      }
    }
    throw new IllegalStateException("All usernames for a user of the provider are taken.");
  }

  private Optional<User> known(ProviderLogin login) {
    @Nullable User before = rows.lock(login.issuer(), login.subject());
    if (before == null) {
      return Optional.empty();
    }
    User after =
        Objects.requireNonNull(
            users.change(
                before.id(), login.name(), login.email(), null, null, login.distinctRoles()));
    audit.changed(before, after, false);
    return Optional.of(after);
  }
}
