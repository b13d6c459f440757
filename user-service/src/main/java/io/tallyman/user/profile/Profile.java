package io.tallyman.user.profile;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.User;
import java.util.List;

/** The content of a sealed profile, as JSON. It never contains the password. */
@Serdeable
record Profile(long id, String name, String username, String email, List<Role> roles) {
  static Profile of(User user) {
    return new Profile(user.id(), user.name(), user.username(), user.email(), user.roles());
  }
}
