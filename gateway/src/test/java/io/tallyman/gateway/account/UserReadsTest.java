package io.tallyman.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerHttpRequestContext;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.FakeService.Received;
import io.tallyman.gateway.GatewayTest;
import io.tallyman.gateway.SlowAnswers;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.request.RequestId;
import io.tallyman.kit.security.AccessToken;
import io.tallyman.kit.security.TokenPrincipal;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests for single users, of which the first is with a slow user-service. */
@MicronautTest
final class UserReadsTest extends GatewayTest {
  private static final String USER = sample("user-service", "user");

  @Inject UserReads reads;

  private SlowAnswers slow = new SlowAnswers(USER);
  private final List<Thread> senders = new ArrayList<>();

  @BeforeEach
  void firstRequestWaits() {
    slow = new SlowAnswers(USER);
    users.answer("GET /users/3", slow);
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
    Read alone = read(3, "alone");

    letFirstGo();

    assertThat(alone.user().username()).isEqualTo("ada.okafor");
    assertThat(calls()).containsExactly("GET /users/3 alone");
  }

  @Test
  void requestsThatComeMeanwhileShareACall() throws Exception {
    users.answerJson("GET /users", 200, chosen(3, 4));
    Read first = read(3, "first");
    awaitFirst();
    List<Read> others = List.of(waiting(4, "second"), waiting(3, "third"), waiting(4, "fourth"));

    letFirstGo();

    assertThat(first.user().id()).isEqualTo(3);
    for (Read other : others) {
      assertThat(other.user().id()).isEqualTo(other.id());
    }
    assertThat(calls()).containsExactly("GET /users/3 first", "GET /users?ids=4%2C3 second");
  }

  @Test
  void userWhoDoesNotExistIsReadAloneForTheReason() throws Exception {
    users.answerJson("GET /users", 200, chosen(4));
    users.answerProblem("GET /users/5", 404, "unknown-user");
    read(3, "first");
    awaitFirst();
    Read known = waiting(4, "known");
    Read unknown = waiting(5, "unknown");

    letFirstGo();

    assertThat(known.user().id()).isEqualTo(4);
    assertThat(unknown.problem().type()).hasToString("urn:tallyman:problem:unknown-user");
    assertThat(calls()).endsWith("GET /users/5 unknown");
  }

  @Test
  void refusedTokenOfOneDoesNotHarmTheOthers() throws Exception {
    users.answerProblem("GET /users", 401, "invalid-token");
    users.answerProblem("GET /users/4", 401, "invalid-token");
    users.answerJson("GET /users/5", 200, USER.replace("\"id\": 3", "\"id\": 5"));
    read(3, "first");
    awaitFirst();
    Read refused = waiting(4, "refused");
    Read valid = waiting(5, "valid");

    letFirstGo();

    assertThat(refused.problem().type()).hasToString("urn:tallyman:problem:invalid-token");
    assertThat(valid.user().id()).isEqualTo(5);
  }

  @Test
  void outageReachesAllWithoutMoreCalls() throws Exception {
    users.answerProblem("GET /users", 503, "down");
    read(3, "first");
    awaitFirst();
    List<Read> others = List.of(waiting(4, "second"), waiting(5, "third"));

    letFirstGo();

    for (Read other : others) {
      assertThat(other.problem().isOutage()).isTrue();
    }
    assertThat(calls()).hasSize(2);
  }

  @Test
  void idThatUserServiceDoesNotTakeInAListIsReadAlone() throws Exception {
    users.answerProblem("GET /users/-1", 404, "unknown-user");
    users.answerProblem("GET /users/1000000000000000000", 404, "unknown-user");
    read(3, "first");
    awaitFirst();

    for (long id : new long[] {-1, 1_000_000_000_000_000_000L}) {
      assertThat(read(id, "odd").problem().type()).hasToString("urn:tallyman:problem:unknown-user");
    }
  }

  private void awaitFirst() {
    await().until(() -> slow.waiting() == 1);
  }

  private void letFirstGo() {
    awaitFirst();
    slow.letGo();
  }

  /** Method, path, query and request id of the calls. */
  private List<String> calls() {
    return users.received().stream()
        .filter(call -> call.request().contains(" /users"))
        .map(UserReadsTest::describe)
        .toList();
  }

  private static String describe(Received call) {
    return call.request() + ' ' + call.headers().getFirst(RequestId.HEADER);
  }

  private static String chosen(int... ids) {
    List<String> data =
        Arrays.stream(ids).mapToObj(id -> USER.replace("\"id\": 3", "\"id\": " + id)).toList();
    return "{\"data\": " + data + ", \"missing\": []}";
  }

  /** A request that waits until the one before is answered. */
  private Read waiting(long id, String requestId) {
    Read read = read(id, requestId);
    await().until(() -> read.thread().getState() == Thread.State.WAITING);
    return read;
  }

  private Read read(long id, String requestId) {
    AccessToken token =
        new AccessToken(new TokenPrincipal("7", Set.of("viewer")), null, Instant.MAX, "a-token");
    HttpRequest<?> request = token.attachTo(HttpRequest.GET("/api/v1/users/" + id));
    PropagatedContext context =
        PropagatedContext.getOrEmpty().plus(new ServerHttpRequestContext(request));
    FutureTask<User> task =
        new FutureTask<>(
            () -> {
              try (var _ = RequestId.inLog(requestId)) {
                return context.propagate(() -> reads.read(id));
              }
            });
    Thread sender = Thread.startVirtualThread(task);
    senders.add(sender);
    return new Read(id, task, sender);
  }

  private record Read(long id, FutureTask<User> task, Thread thread) {
    User user() throws Exception {
      return task.get();
    }

    UpstreamProblem problem() throws InterruptedException {
      thread.join();
      return (UpstreamProblem) task.exceptionNow();
    }
  }
}
