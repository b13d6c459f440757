package io.tallyman.gateway.access;

import java.util.Set;

/** Who may use a route. */
public enum Access {
  /** Everybody, without a token. */
  PUBLIC,
  /** Everybody who has logged in, with any role: what a user does with the own account. */
  KNOWN,
  VIEWER,
  CLERK,
  ADMIN;

  /** The roles of which a sender must have one; empty if the roles do not matter. */
  public Set<String> roles() {
    return switch (this) {
      case PUBLIC, KNOWN -> Set.of();
      case VIEWER -> Set.of("viewer", "clerk", "admin");
      case CLERK -> Set.of("clerk", "admin");
      case ADMIN -> Set.of("admin");
    };
  }
}
