package io.tallyman.user.account;

import io.tallyman.kit.audit.AuditLog;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes to the audit log what was changed in users. A new value that is the old one is none. */
@Singleton
public final class UserAudit {
  /** The kind of users in the audit log. */
  public static final String KIND = "user";

  private final AuditLog log;

  UserAudit(AuditLog log) {
    this.log = log;
  }

  /** A user was added in the current transaction. */
  public void added(User user) {
    log.write(
        "user.created",
        KIND,
        user.id(),
        Map.of("username", user.username(), "roles", Role.names(user.roles())));
  }

  /** A user was changed in the current transaction. */
  public void changed(User before, User after, boolean hasNewPassword) {
    List<String> fields = new ArrayList<>();
    if (!before.name().equals(after.name())) {
      fields.add("name");
    }
    if (!before.email().equals(after.email())) {
      fields.add("email");
    }
    if (!before.username().equals(after.username())) {
      fields.add("username");
    }
    if (!fields.isEmpty()) {
      log.write("user.changed", KIND, after.id(), Map.of("fields", fields));
    }
    if (!Set.copyOf(before.roles()).equals(Set.copyOf(after.roles()))) {
      log.write(
          "roles.changed",
          KIND,
          after.id(),
          Map.of("from", Role.names(before.roles()), "to", Role.names(after.roles())));
    }
    if (hasNewPassword) {
      log.write("password.changed", KIND, after.id(), Map.of());
    }
  }

  /** The password of a user was not changed, because the current one was wrong. */
  public void passwordRefused(User user) {
    log.write("password.refused", KIND, user.id(), Map.of());
  }
}
