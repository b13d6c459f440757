package io.tallyman.user.provider;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class NoRoleAtProvider extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "no-role-at-provider", "The provider gives the user no role", HttpStatus.FORBIDDEN);

  private static final long serialVersionUID = 1L;

  NoRoleAtProvider() {
    super(TYPE, "The user has no role, so there is no session.");
  }
}
