package io.tallyman.gateway.task;

import io.micronaut.http.HttpRequest;
import io.tallyman.gateway.task.SubmissionBatchClient.Answer;
import io.tallyman.gateway.task.SubmissionBatchClient.Batch;
import io.tallyman.gateway.task.SubmissionBatchClient.Submission;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.batch.GroupCommit;
import io.tallyman.kit.batch.TooManyWaiting;
import io.tallyman.kit.idempotency.Digest;
import io.tallyman.kit.idempotency.IdempotencyKey;
import io.tallyman.kit.request.RequestContext;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.LatestUsed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes submitted tasks on to billing-service. A request that comes alone is passed on as it is.
 * Requests of one sender that come while a call is under way share the next call, so that a program
 * that submits many tasks needs few calls. They share it only if they have the same token and the
 * same address, because billing-service learns the sender from the call.
 *
 * <p>A request waits at most for one other call. It has a call of its own if it has an idempotency
 * key, if too many wait, or if billing-service does not accept its task together with others, so
 * that the answer says why.
 */
@Singleton
public final class Submissions {
  private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);
  private static final int MOST_WAITING = 2_000;
  private static final int SENDERS = 1_000;

  private final TaskClient tasks;
  private final SubmissionBatchClient batches;

  /** Of all senders. */
  private final Semaphore places = new Semaphore(MOST_WAITING);

  /** By the digest of token and address. A sender who is forgotten gets new calls. */
  private final LatestUsed<GroupCommit<Item, Task>> senders = new LatestUsed<>(SENDERS);

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
      return callsOf(client).commit(new Item(task, RequestContext.current()));
    } catch (TooManyWaiting full) {
      return tasks.submit(task);
    } finally {
      places.release();
    }
  }

  private GroupCommit<Item, Task> callsOf(HttpRequest<?> client) {
    String sender = AccessToken.current().orElse("") + ' ' + ClientAddress.of(client);
    String digest = Digest.of(sender.getBytes(StandardCharsets.UTF_8)).sha256();
    synchronized (senders) {
      return senders.computeIfAbsent(digest, _ -> newCalls());
    }
  }

  private GroupCommit<Item, Task> newCalls() {
    return new GroupCommit<>(
        this::send, _ -> new Object(), SubmissionBatchClient.MOST, SubmissionBatchClient.MOST);
  }

  private List<Supplier<Task>> send(List<Item> items) {
    Item first = items.getFirst();
    if (items.size() == 1) {
      Task task = first.request().call(() -> tasks.submit(first.task()));
      return List.of(() -> task);
    }
    List<Answer> answers = first.request().call(() -> answers(items));
    return IntStream.range(0, items.size())
        .mapToObj(index -> result(items.get(index), answers.get(index)))
        .toList();
  }

  private List<Answer> answers(List<Item> items) {
    try {
      List<Submission> submissions =
          items.stream().map(item -> new Submission(item.request().id(), item.task())).toList();
      List<Answer> answers = batches.submit(new Batch(submissions)).answers();
      if (answers.size() != items.size()) {
        throw new IllegalStateException(
            "billing-service gave " + answers.size() + " answers to " + items.size() + " tasks");
      }
      return answers;
    } catch (UpstreamProblem problem) {
      if (problem.isOutage() && !problem.isOfUnknownCall()) {
        LOG.warn(
            "The call for these requests failed: {}",
            items.stream().map(item -> item.request().id()).toList());
        throw problem;
      }
      // Nothing was done: the call was refused, or an earlier release does not know it.
      return items.stream().map(_ -> new Answer(null, null)).toList();
    }
  }

  private Supplier<Task> result(Item item, Answer answer) {
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
    return () -> tasks.submit(item.task());
  }

  /** A task with the request that submits it. */
  private record Item(NewTask task, RequestContext request) {}
}
