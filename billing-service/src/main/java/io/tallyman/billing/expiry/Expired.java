package io.tallyman.billing.expiry;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

/** Something that was kept for as long as was promised. */
final class Expired extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("expired", "It is not kept any more", HttpStatus.GONE);

  private static final long serialVersionUID = 1L;

  Expired(UUID id) {
    super(
        TYPE,
        "What had the id " + id + " has ended and expired; if it is still needed, submit it anew.");
  }
}
