package io.tallyman.billing.expiry;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

/** The task, group or sheet existed, but its retention is over. */
final class Expired extends Refusal {
  static final ProblemType TYPE =
      new ProblemType("expired", "The task, group or sheet has expired", HttpStatus.GONE);

  private static final long serialVersionUID = 1L;

  Expired(UUID id) {
    super(
        TYPE,
        "The task, group or sheet with the id "
            + id
            + " has expired and was deleted. Submit the task again if you still need it.");
  }
}
