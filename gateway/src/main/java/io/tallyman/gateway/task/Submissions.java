package io.tallyman.gateway.task;

import io.micronaut.http.HttpRequest;
import io.tallyman.gateway.task.SubmissionBatchClient.Answer;
import io.tallyman.gateway.task.SubmissionBatchClient.Batch;
import io.tallyman.gateway.task.SubmissionBatchClient.Submission;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.batch.GroupCommit;
import io.tallyman.kit.idempotency.Digest;
import io.tallyman.kit.idempotency.IdempotencyKey;
import io.tallyman.kit.problem.Refusal;
import io.tallyman.kit.request.RequestContext;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.kit.security.LatestUsed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Passes submitted tasks on to billing-service. A request that comes alone is passed on as it is.
 * Requests of one sender that come while a call is under way share the next call, so that a program
 * that submits many tasks needs few calls. They share it only if they have the same token and the
 * same address, because billing-service learns the sender from the call. A request with an
 * idempotency key always has a call of its own.
 */
@Singleton
public final class Submissions {
  private static final int MOST_WAITING = 2_000;
  private static final int SENDERS = 1_000;

  private final TaskClient tasks;
  private final SubmissionBatchClient batches;

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
    if (client.getHeaders().contains(IdempotencyKey.HEADER)) {
      return tasks.submit(task);
    }
    try {
      return callsOf(client).commit(new Item(task, RequestContext.current()));
    } catch (Refusal tooManyWaiting) {
      // The limit of calls to billing-service decides.
      return tasks.submit(task);
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
        this::send, _ -> new Object(), SubmissionBatchClient.MOST, MOST_WAITING);
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
      return batches.submit(new Batch(submissions)).answers();
    } catch (UpstreamProblem problem) {
      if (problem.isOutage() && !problem.isOfUnknownCall()) {
        throw problem;
      }
      // Nothing was done: a billing-service of an earlier release does not know this call.
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
