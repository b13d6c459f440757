package io.tallyman.gateway.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.context.ServerHttpRequestContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.FakeService.Received;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.SlowAnswers;
import io.tallyman.gateway.task.SubmissionBatchClient.Answers;
import io.tallyman.gateway.task.SubmissionBatchClient.Batch;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.idempotency.IdempotencyKey;
import io.tallyman.kit.request.RequestId;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.TokenPrincipal;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that submit tasks, of which the first is with a slow billing-service. */
@MicronautTest
final class SubmissionsTest extends GatewayTest {
  private static final String TASK = sample("billing-service", "task");
  private static final String NEW_TASK =
      "{\"task\": \"%s\", \"parameters\": {}, \"priority\": null, \"eta\": null}";
  private static final String BATCH = "POST /task-submissions";

  /** The answer to a submission that has to be sent alone. */
  private static final String LEFT_OUT = "{\"task\": null, \"problem\": null}";

  @Inject Submissions submissions;
  @Inject JsonMapper json;

  private SlowAnswers slow = new SlowAnswers(TASK);
  private final List<Thread> senders = new ArrayList<>();

  @BeforeEach
  void firstRequestWaits() {
    slow = new SlowAnswers(TASK);
    billing.answer("POST /tasks", slow);
  }

  @AfterEach
  void letAllGo() throws InterruptedException {
    slow.letGo();
    for (Thread sender : senders) {
      sender.join();
    }
    senders.clear();
  }

  @Test
  void requestThatComesAloneIsPassedOnAsItIs() throws Exception {
    Submitted alone = submit("alone");

    letFirstGo();

    assertThat(alone.task().status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(calls()).containsExactly("POST /tasks alone");
    assertThat(sent(0)).isEqualTo(tree(NEW_TASK.formatted("alone")));
  }

  @Test
  void requestsOfOneSenderThatComeMeanwhileShareACall() throws Exception {
    billing.answerJson(BATCH, 200, answers(accepted("second"), accepted("third")));
    Submitted first = submit("first");
    awaitFirst();
    Submitted second = waiting("second");
    Submitted third = waiting("third");

    letFirstGo();

    assertThat(first.task().task()).isEqualTo("billing.sheet");
    assertThat(second.task().task()).isEqualTo("second");
    assertThat(third.task().task()).isEqualTo("third");
    assertThat(calls()).containsExactly("POST /tasks first", BATCH + " second");
    assertThat(sent(1))
        .isEqualTo(
            tree(
                """
                {"submissions": [
                  {"request_id": "second", "task": %s},
                  {"request_id": "third", "task": %s}]}
                """
                    .formatted(NEW_TASK.formatted("second"), NEW_TASK.formatted("third"))));
  }

  @Test
  void taskThatIsLeftOutIsSubmittedAloneForTheReason() throws Exception {
    billing.answerJson(BATCH, 200, answers(accepted("valid"), LEFT_OUT));
    submit("first");
    awaitFirst();
    Submitted valid = waiting("valid");
    Submitted invalid = waiting("invalid");
    billing.answerProblem("POST /tasks", 422, "invalid-parameters");

    letFirstGo();

    assertThat(valid.task().task()).isEqualTo("valid");
    assertThat(invalid.problem().type()).hasToString("urn:tallyman:problem:invalid-parameters");
    assertThat(calls()).endsWith("POST /tasks invalid");
  }

  @Test
  void taskThatIsNotKnownToBeAcceptedIsNotSubmittedAgain() throws Exception {
    String unknown =
        "{\"task\": null, \"problem\": {\"type\": \"urn:tallyman:problem:database-unavailable\","
            + " \"title\": \"No\", \"status\": 503, \"detail\": \"Because.\"}}";
    billing.answerJson(BATCH, 200, answers(unknown, accepted("accepted")));
    submit("first");
    awaitFirst();
    Submitted lost = waiting("lost");
    Submitted accepted = waiting("accepted");

    letFirstGo();

    assertThat(lost.problem().isOutage()).isTrue();
    assertThat(accepted.task().task()).isEqualTo("accepted");
    assertThat(calls()).hasSize(2);
  }

  @Test
  void callThatFailsIsNotRepeated() throws Exception {
    billing.answerProblem(BATCH, 503, "database-unavailable");
    submit("first");
    awaitFirst();
    List<Submitted> others = List.of(waiting("second"), waiting("third"));

    letFirstGo();

    for (Submitted other : others) {
      assertThat(other.problem().isOutage()).isTrue();
    }
    assertThat(calls()).hasSize(2);
  }

  @Test
  void earlierReleaseGetsEachTaskAlone() throws Exception {
    billing.answerProblem(BATCH, 404, "not-found");
    submit("first");
    awaitFirst();
    List<Submitted> others = List.of(waiting("second"), waiting("third"));

    letFirstGo();

    for (Submitted other : others) {
      assertThat(other.task().task()).isEqualTo("billing.sheet");
    }
    assertThat(calls())
        .hasSize(4)
        .contains(BATCH + " second", "POST /tasks second", "POST /tasks third");
  }

  @Test
  void requestsOfOtherSendersAndWithKeysShareNoCall() throws Exception {
    submit("first");
    awaitFirst();

    submit("other-token", "another-token", Map.of());
    submit("keyed", "a-token", Map.of(IdempotencyKey.HEADER, "a-key"));

    await().until(() -> slow.waiting() == 3);
    assertThat(calls()).allMatch(call -> call.startsWith("POST /tasks "));
    assertThat(billing.received())
        .extracting(call -> call.headers().getFirst("Authorization"))
        .containsOnlyOnce("Bearer another-token");
  }

  @Test
  void callIsWrittenAndItsAnswerReadAsBillingServiceDoes() throws IOException {
    JsonNode request = tree(sample("billing-service", "submissions-request"));

    Batch batch = json.readValueFromTree(request, Argument.of(Batch.class));
    Answers answers =
        json.readValue(sample("billing-service", "submissions-answer"), Answers.class);

    assertThat(json.writeValueToTree(batch)).isEqualTo(request);
    assertThat(Objects.requireNonNull(answers).answers())
        .extracting(answer -> answer.task() != null, answer -> answer.problem() != null)
        .containsExactly(tuple(true, false), tuple(false, true), tuple(false, false));
  }

  @Test
  void requestBeyondAHundredThatWaitIsPassedOnAlone() {
    submit("first");
    awaitFirst();
    List<Submitted> others =
        Stream.generate(() -> submit("waiting")).limit(SubmissionBatchClient.MOST).toList();
    await()
        .until(
            () ->
                others.stream()
                    .allMatch(other -> other.thread().getState() == Thread.State.WAITING));

    submit("beyond");

    await().until(() -> slow.waiting() == 2);
    assertThat(calls()).containsExactly("POST /tasks first", "POST /tasks beyond");
  }

  private void awaitFirst() {
    await().until(() -> slow.waiting() == 1);
  }

  private void letFirstGo() {
    awaitFirst();
    slow.letGo();
  }

  /** Method, path and request id of the calls. */
  private List<String> calls() {
    return billing.received().stream()
        .filter(call -> call.request().startsWith("POST /task"))
        .map(SubmissionsTest::describe)
        .toList();
  }

  private static String describe(Received call) {
    return call.request() + ' ' + call.headers().getFirst(RequestId.HEADER);
  }

  private JsonNode sent(int call) throws IOException {
    return tree(billing.received().get(call).text());
  }

  private JsonNode tree(String text) throws IOException {
    return Objects.requireNonNull(json.readValue(text, JsonNode.class));
  }

  private static String accepted(String type) {
    return "{\"task\": %s, \"problem\": null}".formatted(TASK.replace("billing.sheet", type));
  }

  private static String answers(String... all) {
    return Arrays.stream(all).collect(Collectors.joining(", ", "{\"answers\": [", "]}"));
  }

  /** A request that waits until the one before is answered. */
  private Submitted waiting(String name) {
    Submitted submitted = submit(name);
    await().until(() -> submitted.thread().getState() == Thread.State.WAITING);
    return submitted;
  }

  private Submitted submit(String name) {
    return submit(name, "a-token", Map.of());
  }

  /**
   * @param name of the type of the task, and the id of the request
   */
  private Submitted submit(String name, String token, Map<CharSequence, CharSequence> headers) {
    MutableHttpRequest<?> request = HttpRequest.POST("/api/v1/tasks", "").headers(headers);
    new AccessToken(new TokenPrincipal("7", Set.of("clerk")), null, Instant.MAX, token)
        .attachTo(request);
    PropagatedContext context =
        PropagatedContext.getOrEmpty().plus(new ServerHttpRequestContext(request));
    NewTask task = new NewTask(name, JsonNode.createObjectNode(Map.of()), null, null);
    FutureTask<Task> answer =
        new FutureTask<>(
            () -> {
              try (var _ = RequestId.inLog(name)) {
                return context.propagate(() -> submissions.submit(task, request));
              }
            });
    Thread sender = Thread.startVirtualThread(answer);
    senders.add(sender);
    return new Submitted(answer, sender);
  }

  private record Submitted(FutureTask<Task> answer, Thread thread) {
    Task task() throws Exception {
      return answer.get();
    }

    UpstreamProblem problem() throws InterruptedException {
      thread.join();
      return (UpstreamProblem) answer.exceptionNow();
    }
  }
}
