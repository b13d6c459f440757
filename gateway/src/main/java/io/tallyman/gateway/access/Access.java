package io.tallyman.gateway.access;

import io.tallyman.kit.security.TokenPrincipal;
import java.util.Collections;
import java.util.List;

/** Who may use a route. */
public enum Access {
  /** Everybody, without a token. */
  PUBLIC,
  /** Everybody who has logged in, with any role: what a user does with the own account. */
  KNOWN,
  /** Like {@link #KNOWN}, but not with an API key. */
  LOGGED_IN,
  VIEWER,
  CLERK,
  ADMIN;

  /**
   * Checks a sender that is known.
   *
   * @throws NotAllowed if the sender has none of the roles that are needed
   */
  public void check(TokenPrincipal sender) {
    if (!roles().isEmpty() && Collections.disjoint(roles(), sender.roles())) {
      throw NotAllowed.withoutOneOf(roles(), sender);
    }
  }

  /** The roles of which a sender must have one; empty if the roles do not matter. */
  public List<String> roles() {
    return switch (this) {
      case PUBLIC, KNOWN, LOGGED_IN -> List.of();
      case VIEWER -> List.of("viewer", "clerk", "admin");
      case CLERK -> List.of("clerk", "admin");
      case ADMIN -> List.of("admin");
    };
  }
}
