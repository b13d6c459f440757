package io.tallyman.user.admin;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.util.StringUtils;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.user.account.UserAudit;
import io.tallyman.user.account.Users;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the user {@code admin} before the service answers requests, if no user has the role admin
 * and a password is set. So another value of the setting changes nothing later. Of several
 * instances that start at the same time, one creates the user. A service that does not migrate its
 * database does not create a user in it either.
 */
@Singleton
@Requires(property = "flyway.enabled", notEquals = StringUtils.FALSE)
final class FirstAdmin implements ApplicationEventListener<StartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);

  private final Users users;
  private final PasswordHashing hashing;
  private final AdminConfiguration configuration;
  private final RequestTransactions transactions;
  private final UserAudit audit;

  FirstAdmin(
      Users users,
      PasswordHashing hashing,
      AdminConfiguration configuration,
      RequestTransactions transactions,
      UserAudit audit) {
    this.users = users;
    this.hashing = hashing;
    this.configuration = configuration;
    this.transactions = transactions;
    this.audit = audit;
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    if (users.hasAdmin()) {
      return;
    }
    @Nullable String password = configuration.password();
    if (password == null) {
      LOG.warn(
          "No user has the role admin. Set TALLYMAN_ADMIN_PASSWORD and start again to create the"
              + " user admin.");
    } else if (isAdded(hashing.hash(password))) {
      LOG.info("Created the user admin with the password in TALLYMAN_ADMIN_PASSWORD.");
    } else if (!users.hasAdmin()) {
      LOG.warn(
          "The first admin cannot be created, because a user without the role admin has the"
              + " username admin or the email admin@localhost. Change that user.");
    }
  }

  private boolean isAdded(String passwordHash) {
    return transactions.write(
        () -> {
          boolean isAdded = users.addFirstAdmin(passwordHash) > 0;
          if (isAdded) {
            users.idOf("admin").flatMap(users::findById).ifPresent(audit::added);
          }
          return isAdded;
        });
  }
}
