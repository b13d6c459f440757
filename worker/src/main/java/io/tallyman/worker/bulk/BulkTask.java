package io.tallyman.worker.bulk;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.worker.billingservice.Reply;
import io.tallyman.worker.bulk.BulkClient.Step;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.TransientFailure;
import io.tallyman.worker.task.Work;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes many tasks, batch by batch. billing-service knows which ones and does the work; it keeps
 * how far it is, so another attempt goes on there. The worker gives the task its attempts, and the
 * pause after which an interrupted one is tried again.
 */
final class BulkTask implements TaskType<BulkTask.Parameters> {
  private static final String FULL = "tasks-full";

  private final String name;
  private final String phase;
  private final BulkClient client;

  /** Empty: only billing-service needs to know the tasks. */
  @Serdeable
  record Parameters() {}

  BulkTask(String name, String phase, BulkClient client) {
    this.name = name;
    this.phase = phase;
    this.client = client;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  /**
   * @throws TransientFailure if billing-service does not answer, or has no room for more tasks
   */
  @Override
  public Done run(Parameters parameters, Work work) throws InterruptedException {
    while (true) {
      Step step = step(work);
      work.report(new Progress(phase, "tasks", step.done(), step.total()));
      if (step.done() >= step.total()) {
        return new Done(null, step.result());
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private Step step(Work work) {
    try {
      Step step = client.step(work.taskId(), work.attempt());
      if (step == null) {
        throw interrupted("billing-service answered with 404.", null);
      }
      return step;
    } catch (HttpClientResponseException refused) {
      Problem problem = Reply.problem(refused).orElse(null);
      if (problem != null && problem.type().equals(ProblemType.uri(FULL))) {
        throw new TransientFailure(
            FULL, problem.title(), Objects.requireNonNullElse(problem.detail(), problem.title()));
      }
      throw interrupted("billing-service answered: " + Reply.describe(refused), refused);
    } catch (HttpClientException failure) {
      throw interrupted("billing-service did not answer.", failure);
    }
  }

  private static TransientFailure interrupted(String detail, @Nullable HttpClientException cause) {
    return new TransientFailure(
        "bulk-interrupted", "The change of many tasks was interrupted", detail, cause);
  }
}
