package io.tallyman.gateway.access;

import java.util.Set;

/** Who may use a route. */
public enum Access {
  /** Everybody, without a token. */
  PUBLIC,
  /** Everybody who has logged in, with any role: what a user does with the own account. */
  KNOWN,
  VIEWER("viewer", "clerk", "admin"),
  CLERK("clerk", "admin"),
  ADMIN("admin");

  private final Set<String> roles;

  Access(String... roles) {
    this.roles = Set.of(roles);
  }

  /** The roles of which a sender must have one; empty if the roles do not matter. */
  public Set<String> roles() {
    return roles;
  }
}
