package io.tallyman.user.account;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.patch.Change;
import java.util.List;
import java.util.Map;

/**
 * Changes to a user. The constraints of {@link NewUser} hold for the new values, so no value may be
 * null.
 */
@Serdeable
record ChangedUser(
    Change<String> name,
    Change<String> email,
    Change<String> username,
    Change<String> password,
    Change<List<Role>> roles) {

  /** The changes by the names of the components of {@link NewUser}. */
  Map<String, Change<?>> changes() {
    return Map.of(
        "name", name, "email", email, "username", username, "password", password, "roles", roles);
  }

  @Override
  public String toString() {
    return "ChangedUser[username=" + username.value() + ", password=hidden]";
  }
}
