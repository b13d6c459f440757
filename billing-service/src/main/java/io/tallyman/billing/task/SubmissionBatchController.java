package io.tallyman.billing.task;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.Task;
import io.tallyman.kit.database.ItemProblems;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.request.RequestId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Accepts tasks that one sender submitted with many requests at the same time: a gateway passes
 * them on in one call. Each is accepted or rejected by itself.
 */
@Controller("/task-submissions")
@ExecuteOn(TaskExecutors.BLOCKING)
class SubmissionBatchController {
  private static final int MOST = 100;

  private final TaskLifecycle lifecycle;
  private final ItemProblems problems;

  SubmissionBatchController(TaskLifecycle lifecycle, ItemProblems problems) {
    this.lifecycle = lifecycle;
    this.problems = problems;
  }

  @Serdeable
  record Batch(@NotNull @Size(max = MOST) List<@NotNull @Valid Submission> submissions) {}

  /**
   * @param requestId the id of the request that submitted the task; null if unknown
   * @param task not validated yet, so that one that is not valid does not harm the others
   */
  @Serdeable
  record Submission(
      @Nullable @Pattern(regexp = RequestId.SANE) String requestId, @NotNull NewTask task) {}

  /**
   * @param answers one for each submission, in the same order
   */
  @Serdeable
  record Answers(List<Answer> answers) {}

  /**
   * The answer to one submission. Without a task and without a problem, nothing was done: if it is
   * submitted alone, the answer says why.
   *
   * @param problem why it is not known to be accepted
   */
  @Serdeable
  record Answer(@Nullable Task task, @Nullable Problem problem) {}

  @Post
  Answers submit(HttpRequest<?> request, @Body @Valid Batch batch) {
    List<Submission> submissions = batch.submissions();
    List<@Nullable Supplier<Task>> accepted = lifecycle.submitAll(submissions);
    return new Answers(
        IntStream.range(0, submissions.size())
            .mapToObj(
                index -> answer(request, submissions.get(index).requestId(), accepted.get(index)))
            .toList());
  }

  private Answer answer(
      HttpRequest<?> request, @Nullable String requestId, @Nullable Supplier<Task> accepted) {
    try (var _ = RequestId.inLog(requestId)) {
      return new Answer(accepted == null ? null : accepted.get(), null);
    } catch (RuntimeException failure) {
      return new Answer(null, problems.of(request, requestId, failure));
    }
  }
}
