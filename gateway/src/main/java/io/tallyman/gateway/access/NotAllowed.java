package io.tallyman.gateway.access;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import io.tallyman.kit.security.TokenPrincipal;
import java.util.List;
import java.util.TreeSet;

/** The sender is known, but the route is not for this sender. */
final class NotAllowed extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType("forbidden", HttpStatus.FORBIDDEN.getReason(), HttpStatus.FORBIDDEN);

  private static final long serialVersionUID = 1L;

  private NotAllowed(String detail) {
    super(TYPE, detail);
  }

  static NotAllowed withoutOneOf(List<String> roles, TokenPrincipal sender) {
    String own = String.join(", ", new TreeSet<>(sender.roles()));
    return new NotAllowed(
        ("This needs one of the roles: %s. %s Ask an admin to give you the role. If this is a"
                + " program, give its API key the scope.")
            .formatted(
                String.join(", ", roles),
                own.isEmpty() ? "You have no role." : "You have " + own + '.'));
  }

  static NotAllowed withApiKey() {
    return new NotAllowed("An API key may not do this. Log in, and send the access token instead.");
  }

  static NotAllowed toAnybody() {
    return new NotAllowed("Nobody may use this route.");
  }
}
