package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes on tasks that one sender submitted with many requests; at most {@value #MOST}. */
@Client(id = Services.BILLING, path = "/task-submissions")
interface SubmissionBatchClient {
  int MOST = 100;

  @Serdeable
  record Batch(List<Submission> submissions) {}

  /**
   * @param requestId the id of the request that submitted the task; null if it has none
   */
  @Serdeable
  record Submission(@Nullable String requestId, NewTask task) {}

  /**
   * @param answers one for each submission, in the same order
   */
  @Serdeable
  record Answers(List<Answer> answers) {}

  /**
   * Without a task and without a problem, nothing was done: submit the task alone to learn why.
   *
   * @param problem why the task is not known to be accepted
   */
  @Serdeable
  record Answer(@Nullable Task task, @Nullable Problem problem) {}

  @Post
  Answers submit(@Body Batch batch);
}
