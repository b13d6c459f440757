package io.tallyman.gateway.live.session;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.util.UUID;

/** A task that the client may not see. The answer is the same as for one that does not exist. */
public final class HiddenTask extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType("unknown-task-id", "There is no such task", HttpStatus.NOT_FOUND);

  private static final long serialVersionUID = 1L;

  public HiddenTask(UUID id) {
    super(TYPE, "There is no task " + id + ".");
  }
}
