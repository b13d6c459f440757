package io.tallyman.kit.idempotency;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

final class BadIdempotencyKey extends Refusal {
  static final ProblemType TYPE =
      new ProblemType(
          "bad-idempotency-key", "The Idempotency-Key cannot be used", HttpStatus.BAD_REQUEST);

  private static final long serialVersionUID = 1L;

  BadIdempotencyKey() {
    super(
        TYPE,
        "An Idempotency-Key has 1 to 255 visible ASCII characters. Send a UUID, for example.");
  }
}
