package io.tallyman.kit.idempotency;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class IdempotencyKeyReused extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "idempotency-key-reused",
          "The Idempotency-Key belongs to another request",
          HttpStatus.UNPROCESSABLE_ENTITY);

  private static final long serialVersionUID = 1L;

  IdempotencyKeyReused() {
    super(
        TYPE,
        "An earlier request with this Idempotency-Key was different. Send this request with a new"
            + " key.");
  }
}
