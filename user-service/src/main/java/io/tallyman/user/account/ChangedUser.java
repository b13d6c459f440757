package io.tallyman.user.account;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.patch.Change;
import java.util.List;
import java.util.Map;

/** Changes to a user, held to the constraints of a {@link NewUser}: so none may be to null. */
@Serdeable
record ChangedUser(
    Change<String> name,
    Change<String> email,
    Change<String> username,
    Change<String> password,
    Change<List<Role>> roles) {

  /** By the components of a new user. */
  Map<String, Change<?>> changes() {
    return Map.of(
        "name", name, "email", email, "username", username, "password", password, "roles", roles);
  }

  @Override
  public String toString() {
    return "ChangedUser[username=" + username.value() + ", password=hidden]";
  }
}
