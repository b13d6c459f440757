package io.tallyman.gateway.vendor;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.List;

final class ManagerUnknown extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "unknown-manager",
          "The manager is not an existing user",
          HttpStatus.UNPROCESSABLE_ENTITY);

  private static final long serialVersionUID = 1L;

  ManagerUnknown(long id) {
    super(
        TYPE,
        "No user has the id " + id + ". Use the id of a user, or leave the manager out.",
        List.of(new FieldError("/manager_id", "is not the id of a user")));
  }
}
