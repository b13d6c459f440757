package io.tallyman.user.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A role of a user. */
@Serdeable
public enum Role {
  @JsonProperty("admin")
  ADMIN,
  @JsonProperty("clerk")
  CLERK,
  @JsonProperty("viewer")
  VIEWER;

  /**
   * Whether a user with these roles may do what this role may. An admin may do everything. A clerk
   * sees less than a viewer.
   */
  public boolean isIncludedIn(Collection<Role> roles) {
    return roles.contains(this) || roles.contains(ADMIN);
  }

  /** The names of roles, as clients see them. */
  public static List<String> names(Collection<Role> roles) {
    return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
  }
}
