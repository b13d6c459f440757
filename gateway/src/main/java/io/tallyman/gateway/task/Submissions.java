package io.tallyman.gateway.task;

import io.micronaut.http.HttpRequest;
import io.tallyman.gateway.task.SubmissionBatchClient.Answer;
import io.tallyman.gateway.task.SubmissionBatchClient.Batch;
import io.tallyman.gateway.task.SubmissionBatchClient.Submission;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.gateway.upstream.SharedCalls;
import io.tallyman.gateway.upstream.SharedCalls.Item;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.idempotency.Digest;
import io.tallyman.kit.idempotency.IdempotencyKey;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.LatestUsed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Passes submitted tasks on to billing-service. Requests of one sender share calls, so that a
 * program that submits many tasks needs few. They share them only if they have the same token and
 * the same address, because billing-service learns the sender from the call.
 *
 * <p>A request has a call of its own if it has an idempotency key, or if billing-service does not
 * accept its task together with others, so that the answer says why.
 */
@Singleton
public final class Submissions {
  private static final int MOST_WAITING = 2_000;
  private static final int SENDERS = 1_000;

  private final TaskClient tasks;
  private final SubmissionBatchClient batches;

  /** Of all senders. */
  private final Semaphore places = new Semaphore(MOST_WAITING);

  /** By the digest of token and address. A sender who is forgotten gets new calls. */
  private final LatestUsed<SharedCalls<NewTask, Task>> senders = new LatestUsed<>(SENDERS);

  Submissions(TaskClient tasks, SubmissionBatchClient batches) {
    this.tasks = tasks;
    this.batches = batches;
  }

  /**
   * Submits the task of a request.
   *
   * @throws UpstreamProblem if billing-service does not accept the task, or does not answer
   */
  public Task submit(NewTask task, HttpRequest<?> client) {
    if (client.getHeaders().contains(IdempotencyKey.HEADER) || !places.tryAcquire()) {
      return tasks.submit(task);
    }
    try {
      return callsOf(client).call(task);
    } finally {
      places.release();
    }
  }

  private SharedCalls<NewTask, Task> callsOf(HttpRequest<?> client) {
    String sender = AccessToken.current().orElse("") + ' ' + ClientAddress.of(client);
    String digest = Digest.of(sender.getBytes(StandardCharsets.UTF_8)).sha256();
    synchronized (senders) {
      return senders.computeIfAbsent(
          digest, _ -> new SharedCalls<>(tasks::submit, this::send, SubmissionBatchClient.MOST));
    }
  }

  private List<Supplier<Task>> send(List<Item<NewTask>> items) {
    List<Submission> submissions =
        items.stream().map(item -> new Submission(item.request().id(), item.asked())).toList();
    List<Answer> answers = batches.submit(new Batch(submissions)).answers();
    if (answers.size() != items.size()) {
      throw new IllegalStateException(
          "billing-service gave " + answers.size() + " answers to " + items.size() + " tasks");
    }
    return IntStream.range(0, items.size())
        .mapToObj(index -> result(items.get(index).asked(), answers.get(index)))
        .toList();
  }

  private Supplier<Task> result(NewTask task, Answer answer) {
    if (answer.task() != null) {
      Task accepted = answer.task();
      return () -> accepted;
    }
    if (answer.problem() != null) {
      UpstreamProblem problem = UpstreamProblem.of(Services.BILLING, answer.problem());
      return () -> {
        throw problem;
      };
    }
    return () -> tasks.submit(task);
  }
}
