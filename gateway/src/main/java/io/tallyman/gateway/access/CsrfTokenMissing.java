package io.tallyman.gateway.access;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class CsrfTokenMissing extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType(
          "csrf-token-missing",
          "The request does not have the CSRF token of its session",
          HttpStatus.FORBIDDEN);

  private static final long serialVersionUID = 1L;

  CsrfTokenMissing() {
    super(
        TYPE,
        "A request with a session cookie that changes something needs the header "
            + CsrfToken.HEADER
            + ". GET /api/v1/auth/session answers its value.");
  }
}
