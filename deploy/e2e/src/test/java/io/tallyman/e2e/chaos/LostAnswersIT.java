package io.tallyman.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.e2e.chaos.LossyProxy.Strike;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Each call between the gateway, the services and the workers loses its answer in turn: once, twice
 * in a row, in the middle, and before the service has read the request. The answers to clients are
 * true, and their requests are carried out once.
 *
 * <p>At the end, each route that the gateway and the workers use must have lost an answer. The list
 * of routes comes from the controllers.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LostAnswersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Only autoscalers and workers of earlier releases call these routes, and a gateway with an
   * OpenID provider.
   */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "billing-service GET /internal/load",
          "billing-service POST /internal/tasks/{id}/attempts",
          "billing-service PUT /internal/tasks/{id}/attempts/{attempt}",
          "user-service POST /internal/provider-sessions");

  private static final String JSON = "application/json";
  private static final String BILLING = "billing-service ";
  private static final String ROWS = BILLING + "GET /internal/billings/rows";
  private static final String OUTCOME = BILLING + "POST /internal/outcomes";

  private static final LossyStack STACK =
      LossyStack.start(
          2, Map.of("TALLYMAN_TASKS_HEARTBEAT", "200ms", "TALLYMAN_TASKS_BACKOFF", "100ms"));
  private static final Gateway GATEWAY = new Gateway(STACK.stack());
  private static final LostWorld WORLD = new LostWorld(GATEWAY);
  private static final PatientClient CLIENT = new PatientClient(GATEWAY);

  /** How many answers are lost, and in which way. */
  enum Fate {
    ONCE(Loss.WHOLE_ANSWER, 1),
    TWICE(Loss.WHOLE_ANSWER, 2),
    HALF(Loss.HALF_ANSWER, 1),
    UNREAD(Loss.REQUEST, 1);

    private final Loss loss;
    private final int times;

    Fate(Loss loss, int times) {
      this.loss = loss;
      this.times = times;
    }
  }

  @AfterAll
  static void stop() {
    STACK.close();
  }

  static Stream<Arguments> reads() {
    return everyFate(
        WORLD.reads().entrySet().stream()
            .map(read -> Arguments.of(read.getKey(), read.getValue())));
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("reads")
  void readIsToBeTriedAgainAndThenTellsTheSame(String route, String path, Fate fate) {
    JsonNode before = GATEWAY.get(path).body();
    Strike strike = strike(route, fate);

    Answer answer = CLIENT.ask(() -> GATEWAY.request(path).GET(), fate.times);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(strike.isSpent()).isTrue();
    if (!LostWorld.CHANGE.contains(path.split("[?]", -1)[0])) {
      assertThat(answer.body()).isEqualTo(before);
    }
  }

  static Stream<Arguments> inspections() {
    return everyFate(
        Stream.of(
            Arguments.of(BILLING + "GET /internal/import-options"),
            Arguments.of(BILLING + "POST /internal/import-profiles/matches")));
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("inspections")
  void inspectionIsToBeTriedAgain(String route, Fate fate) {
    Strike strike = strike(route, fate);

    Answer answer =
        CLIENT.ask(
            () ->
                WORLD.request(
                    "/api/v1/imports/inspect?currency=GBP", "text/csv", WORLD.newForeignFile()),
            fate.times);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(strike.isSpent()).isTrue();
    assertThat(answer.body().get("options").get("currency").asString()).isEqualTo("GBP");
    assertThat(answer.body().get("profiles").isEmpty()).isTrue();
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("fates")
  void loginIsToBeTriedAgain(Fate fate) {
    Strike strike = strike("user-service POST /auth/login", fate);

    Answer answer =
        CLIENT.ask(() -> WORLD.request("/api/v1/auth/login", JSON, WORLD.login()), fate.times);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(strike.isSpent()).isTrue();
  }

  /** The service cannot tell a client that lost the answer from a thief who has a copy. */
  @Order(1)
  @ParameterizedTest
  @MethodSource("fates")
  void refreshWhoseAnswerIsLostNeedsANewLogin(Fate fate) {
    String token = WORLD.refreshToken();
    Strike strike = strike("user-service POST /auth/refresh", fate);

    Answer answer =
        CLIENT.ask(() -> WORLD.request("/api/v1/auth/refresh", JSON, token), fate.times);

    assertThat(strike.isSpent()).isTrue();
    if (fate.loss == Loss.REQUEST) {
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    } else {
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(401);
      assertThat(answer.body().get("type").asString()).endsWith(":refresh-reused");
    }
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("fates")
  void logoutIsToBeTriedAgain(Fate fate) {
    String token = WORLD.refreshToken();
    Strike strike = strike("user-service POST /auth/logout", fate);

    Answer answer = CLIENT.ask(() -> WORLD.request("/api/v1/auth/logout", JSON, token), fate.times);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(204);
    assertThat(strike.isSpent()).isTrue();
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("fates")
  void sessionIsBegunUsedAndEndedByTryingAgain(Fate fate) {
    String path = "/api/v1/auth/session";
    Strike begin = strike("user-service POST /auth/sessions", fate);
    Answer begun = CLIENT.ask(() -> WORLD.request(path, JSON, WORLD.login()), fate.times);
    String cookie = begun.header("Set-Cookie").replaceFirst(";.*", "");
    Strike exchange = strike("user-service POST /auth/session-tokens", fate);
    Answer shown =
        CLIENT.ask(() -> GATEWAY.request(path).header("Cookie", cookie).GET(), fate.times);
    String csrfToken = shown.body().get("csrf_token").asString();
    Strike end = strike("user-service POST /auth/session-ends", fate);
    Answer ended =
        CLIENT.ask(
            () ->
                GATEWAY
                    .request(path)
                    .header("Cookie", cookie)
                    .header("X-CSRF-Token", csrfToken)
                    .DELETE(),
            fate.times);

    assertThat(begun.status()).as("%s", begun.body()).isEqualTo(201);
    assertThat(ended.status()).as("%s", ended.body()).isEqualTo(204);
    assertThat(List.of(begin.isSpent(), exchange.isSpent(), end.isSpent())).containsOnly(true);
    assertThat(GATEWAY.answer(GATEWAY.request(path).header("Cookie", cookie).GET()).body())
        .allMatch(JsonNode::isNull);
  }

  /** The service cannot tell a client that lost the answer from somebody who guesses. */
  @Order(2)
  @ParameterizedTest
  @MethodSource("fates")
  void ownPasswordIsChangedOnceAndThenTheOldOneIsWrong(Fate fate) {
    String login = WORLD.newLogin();
    String token = WORLD.accessToken(login);
    String change = "{\"current_password\": \"%s\", \"new_password\": \"another quiet word\"}";
    Strike strike = strike("user-service PUT /users/{id}/password", fate);

    Answer answer =
        CLIENT.ask(
            () ->
                WORLD
                    .as(token, "/api/v1/me/password")
                    .header("Content-Type", JSON)
                    .PUT(BodyPublishers.ofString(change.formatted(LostWorld.WORD))),
            fate.times);

    assertThat(strike.isSpent()).isTrue();
    assertThat(answer.status())
        .as("%s", answer.body())
        .isEqualTo(fate.loss == Loss.REQUEST ? 204 : 403);
    assertThat(WORLD.accessToken(login.replace(LostWorld.WORD, "another quiet word"))).isNotEmpty();
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("fates")
  void viewIsSavedListedAndDeletedByTryingAgain(Fate fate) {
    String token = WORLD.accessToken();
    String body = "{\"name\": \"Failed\", \"query\": \"status=FAILURE\"}";
    Strike save = strike("user-service POST /users/{userId}/views", fate);
    Answer saved =
        CLIENT.ask(
            () ->
                WORLD
                    .as(token, "/api/v1/views")
                    .header("Content-Type", JSON)
                    .POST(BodyPublishers.ofString(body)),
            fate.times);
    Strike list = strike("user-service GET /users/{userId}/views", fate);
    Answer listed = CLIENT.ask(() -> WORLD.as(token, "/api/v1/views").GET(), fate.times);
    String id = saved.body().get("id").asString();
    Strike delete = strike("user-service DELETE /users/{userId}/views/{id}", fate);
    Answer deleted = CLIENT.ask(() -> WORLD.as(token, "/api/v1/views/" + id).DELETE(), fate.times);

    assertThat(saved.status()).as("%s", saved.body()).isEqualTo(200);
    assertThat(listed.body().get("data").findValuesAsString("id")).containsExactly(id);
    // The view is gone after the first request that the service has read.
    assertThat(deleted.status()).isEqualTo(fate.loss == Loss.REQUEST ? 204 : 404);
    assertThat(List.of(save.isSpent(), list.isSpent(), delete.isSpent())).containsOnly(true);
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("fates")
  void apiKeyIsMadeListedAndDeletedByTryingAgain(Fate fate) {
    String token = WORLD.accessToken();
    Strike make = strike("user-service POST /users/{userId}/api-keys", fate);
    Answer made = CLIENT.ask(() -> WORLD.newApiKey(token), fate.times);
    Strike list = strike("user-service GET /users/{userId}/api-keys", fate);
    Answer listed = CLIENT.ask(() -> WORLD.as(token, "/api/v1/api-keys").GET(), fate.times);
    String id = made.body().get("id").asString();
    Strike delete = strike("user-service DELETE /users/{userId}/api-keys/{id}", fate);
    Answer deleted =
        CLIENT.ask(() -> WORLD.as(token, "/api/v1/api-keys/" + id).DELETE(), fate.times);

    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    assertThat(listed.body().get("data").findValuesAsString("id")).contains(id);
    // The key is gone after the first request that the service has read.
    assertThat(deleted.status()).isEqualTo(fate.loss == Loss.REQUEST ? 204 : 404);
    assertThat(List.of(make.isSpent(), list.isSpent(), delete.isSpent())).containsOnly(true);
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("fates")
  void apiKeyIsExchangedByTryingAgain(Fate fate) {
    Answer made = GATEWAY.answer(WORLD.newApiKey(WORLD.accessToken()));
    String key = made.body().get("key").asString();
    Strike strike = strike("user-service POST /auth/key-tokens", fate);

    Answer answer = CLIENT.ask(() -> WORLD.as(key, "/api/v1/me").GET(), fate.times);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(strike.isSpent()).isTrue();
  }

  /** The service cannot tell whether a ticket was used by the client or by somebody else. */
  @Order(2)
  @ParameterizedTest
  @MethodSource("fates")
  void ticketIsMadeByTryingAgainAndANewOneIsNeededIfItsUseIsLost(Fate fate) {
    String token = WORLD.accessToken();
    Strike make = strike("user-service POST /users/{userId}/stream-tickets", fate);
    Answer made =
        CLIENT.ask(
            () -> WORLD.as(token, "/api/v1/stream-tickets").POST(BodyPublishers.noBody()),
            fate.times);
    String ticket = made.body().get("ticket").asString();
    Strike use = strike("user-service POST /auth/ticket-tokens", fate);
    Answer used = CLIENT.ask(() -> WORLD.withTicket(ticket), fate.times);

    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    assertThat(List.of(make.isSpent(), use.isSpent())).containsOnly(true);
    if (fate.loss == Loss.REQUEST) {
      assertThat(used.status()).as("%s", used.body()).isEqualTo(200);
    } else {
      assertThat(used.status()).as("%s", used.body()).isEqualTo(401);
      assertThat(used.body().get("type").asString()).endsWith(":invalid-token");
    }
  }

  /** The gateway keeps the keys, so it needs them again only after a restart. */
  @Order(1)
  @Test
  void keysWhoseAnswerIsLostAreFetchedAgain() {
    String token = WORLD.accessToken();
    STACK.stack().kill("gateway");
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> GATEWAY.get("/health/readiness").status() == 200);
    Strike strike = strike("user-service GET /auth/keys", Fate.ONCE);

    assertThat(me(token).status()).isEqualTo(503);
    assertThat(strike.isSpent()).isTrue();
    await().atMost(PATIENCE).until(() -> me(token).status() == 200);
  }

  private static Answer me(String token) {
    return GATEWAY.answer(WORLD.as(token, "/api/v1/me").GET());
  }

  static Stream<Arguments> parts() {
    return everyFate(
        Stream.of(
            Arguments.of(BILLING + "GET /managers/{managerId}/payables", "payables"),
            Arguments.of(BILLING + "GET /vendors", "vendors"),
            Arguments.of("user-service GET /users/{id}", "user")));
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("parts")
  void overviewNamesThePartThatItDidNotGet(String route, String part, Fate fate) {
    Strike strike = strike(route, fate);

    for (int lost = 0; lost < fate.times; lost++) {
      JsonNode overview = GATEWAY.get(WORLD.overview()).body();
      assertThat(overview.get("unavailable").toString()).isEqualTo("[\"%s\"]".formatted(part));
      assertThat(overview.get(part).isNull()).isTrue();
    }

    assertThat(strike.isSpent()).isTrue();
    assertThat(GATEWAY.get(WORLD.overview()).body().get("unavailable").isEmpty()).isTrue();
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("fates")
  void sheetIsNeverTakenForWholeWhereItIsNot(Fate fate) {
    Strike get = strike(BILLING + "GET /sheets/{id}/content", fate);
    byte[] sheet = CLIENT.download(WORLD.sheet(), fate.times);
    Strike head = strike(BILLING + "HEAD /sheets/{id}/content", fate);
    CLIENT.head(WORLD.sheet(), fate.times);

    assertThat(sheet).isEqualTo(GATEWAY.content(WORLD.sheet(), "GET").body());
    assertThat(get.isSpent()).isTrue();
    assertThat(head.isSpent()).isTrue();
  }

  static Stream<Arguments> creations() {
    return everyFate(Arrays.stream(Creation.values()).map(Arguments::of));
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("creations")
  void repeatedRequestGetsWhatTheFirstMade(Creation creation, Fate fate) {
    Asked asked = creation.ask(WORLD);
    Strike strike = strike(creation.route, fate);

    Answer answer = CLIENT.ask(asked::request, fate.times);
    Answer again = CLIENT.ask(asked::request, 0);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(creation.status);
    assertThat(strike.isSpent()).isTrue();
    boolean wasDone = creation.makesAtThatRoute && fate.loss != Loss.REQUEST;
    assertThat(answer.header("Idempotent-Replayed")).isEqualTo(wasDone ? "true" : "");
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(answer.header("Location")).isNotEmpty();
    WORLD.accepted(answer.body()).forEach(this::audit);
  }

  static Stream<Arguments> changes() {
    return everyFate(Arrays.stream(Changing.values()).map(Arguments::of));
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("changes")
  void repeatedChangeChangesNothingMore(Changing change, Fate fate) {
    Asked asked = change.ask(WORLD);
    Strike strike = strike(change.route, fate);

    Answer answer = CLIENT.ask(asked::request, fate.times);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(change.status);
    assertThat(strike.isSpent()).isTrue();
    assertThat(change.isSeenIn(GATEWAY.get(asked.seenAt()).body())).isTrue();
    WORLD.accepted(answer.body()).forEach(this::audit);
  }

  static Stream<Arguments> works() {
    return everyFate(Arrays.stream(Working.values()).map(Arguments::of));
  }

  @Order(3)
  @ParameterizedTest
  @MethodSource("works")
  void taskEndsAsPromisedWhateverItsWorkerDoesNotHear(Working work, Fate fate) {
    Supplier<String> submission = work.prepare(WORLD);
    Strike strike = strike(work.route, fate);

    JsonNode task = audit(submission.get());

    // The work was done before the answer was lost, so clients may see it before the worker has
    // repeated its call.
    await().atMost(PATIENCE).until(strike::isSpent);
    assertThat(task.get("status").asString()).as("%s", task).isEqualTo(work.end);
    assertThat(work.isSeenIn(task)).as("%s", task).isTrue();
    assertThat(task.get("attempt").asInt())
        .as("%s", task)
        .isBetween(1, work.spendsAttempts ? 1 + fate.times : 1);
  }

  @Order(3)
  @ParameterizedTest
  @MethodSource("fates")
  void heartbeatThatIsNotAnsweredEndsNothing(Fate fate) {
    CountDownLatch rows = hold(ROWS);
    Strike strike = strike(BILLING + "POST /internal/heartbeats", fate);
    String id = WORLD.submitSheet();

    await().atMost(PATIENCE).until(strike::isSpent);
    rows.countDown();

    JsonNode task = audit(id);
    assertThat(task.get("status").asString()).as("%s", task).isEqualTo("SUCCESS");
    assertThat(task.get("attempt").asInt()).isEqualTo(1);
  }

  @Order(3)
  @ParameterizedTest
  @MethodSource("fates")
  void retryThatIsNotAnsweredIsOne(Fate fate) {
    strike(ROWS, Fate.HALF);
    Strike outcome = strike(OUTCOME, fate);

    JsonNode task = audit(WORLD.submitSheet());

    await().atMost(PATIENCE).until(outcome::isSpent);
    assertThat(task.get("status").asString()).as("%s", task).isEqualTo("SUCCESS");
    assertThat(task.get("attempt").asInt()).isEqualTo(2);
  }

  /** Without an idempotency key nobody tries again, so a task may be there without an answer. */
  @Order(3)
  @ParameterizedTest
  @MethodSource("fates")
  void taskOfManyRequestsIsAcceptedOnceOrNotAtAll(Fate fate) throws Exception {
    Strike batch = strike(BILLING + "POST /task-submissions", fate);
    List<Answer> answers = new ArrayList<>();

    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              answers.addAll(submitAtOnce());
              return batch.isSpent();
            });

    assertThat(answers).extracting(Answer::status).contains(503).containsOnly(202, 503);
    List<String> ids = new ArrayList<>();
    answers.forEach(answer -> ids.addAll(WORLD.accepted(answer.body())));
    Set<String> untold = new TreeSet<>(new BillingTables(STACK.stack()).tasks());
    untold.removeAll(WORLD.tasks());
    assertThat(ids.size() + untold.size()).isLessThanOrEqualTo(answers.size());
    untold.forEach(id -> ids.addAll(WORLD.accepted(GATEWAY.task(id))));
    assertThat(ids).doesNotHaveDuplicates().allSatisfy(this::audit);
  }

  /** Of so many requests at the same time, some share a call. */
  private static List<Answer> submitAtOnce() {
    return Stream.generate(
            () ->
                CompletableFuture.supplyAsync(
                    () -> GATEWAY.answer(WORLD.request("/api/v1/tasks", JSON, WORLD.newTask())),
                    runnable -> Thread.startVirtualThread(runnable)))
        .limit(16)
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  @Order(3)
  @ParameterizedTest
  @MethodSource("fates")
  void whoSubmitsAgainAndWaitsHearsOfTheEnd(Fate fate) {
    CountDownLatch rows = hold(ROWS);
    Strike batch = strike(BILLING + "POST /internal/task-batches", fate);
    String key = UUID.randomUUID().toString();
    String body = WORLD.newTask();
    Supplier<HttpRequest.Builder> submission =
        () -> WORLD.request("/api/v1/tasks", JSON, body).header("Idempotency-Key", key);
    String id = WORLD.accepted(GATEWAY.answer(submission.get()).body()).getFirst();
    CompletableFuture<Answer> end =
        CompletableFuture.supplyAsync(
            () -> GATEWAY.answer(submission.get().header("Prefer", "wait=20")));

    // The task may have ended long before, so the gateway reads it.
    await().atMost(PATIENCE).until(batch::isSpent);
    rows.countDown();

    assertThat(end.join().status()).isEqualTo(200);
    assertThat(end.join().body().get("status").asString()).isEqualTo("SUCCESS");
    audit(id);
  }

  /** A stream that ends early is opened again, and goes on after the last event. */
  @Order(3)
  @ParameterizedTest
  @MethodSource("fates")
  void whoFollowsATaskGetsEachEventOnce(Fate fate) {
    CountDownLatch rows = hold(ROWS);
    Strike batch = strike(BILLING + "POST /internal/task-event-batches", fate);
    Strike recent = strike(BILLING + "GET /internal/recent-events", fate);
    String id = WORLD.submitSheet();
    CompletableFuture<List<String>> seqs = CompletableFuture.supplyAsync(() -> follow(id));

    await().atMost(PATIENCE).until(() -> batch.isSpent() && recent.isSpent());
    rows.countDown();

    assertThat(seqs.join()).containsExactly("1", "2", "3");
    audit(id);
  }

  @Order(3)
  @ParameterizedTest
  @MethodSource("fates")
  void messageThatNobodyCanReadIsKeptOnce(Fate fate) throws Exception {
    BillingTables tables = new BillingTables(STACK.stack());
    int before = tables.unreadableMessages().size();
    Strike strike = strike(BILLING + "PUT /internal/unreadable-messages/{id}", fate);

    publish(new byte[] {0, -1});

    await()
        .atMost(PATIENCE)
        .until(() -> strike.isSpent() && tables.unreadableMessages().size() == before + 1);
  }

  /** A worker that is stopped gives its task back, signs off, and is started again. */
  @Order(4)
  @ParameterizedTest
  @MethodSource("fates")
  void taskThatIsGivenBackIsDoneByAnother(Fate fate) {
    CountDownLatch rows = hold(ROWS);
    String id = WORLD.submitSheet();
    String worker =
        await().atMost(PATIENCE).until(() -> WORLD.workerOf(id), name -> !name.isEmpty());
    Strike outcome = strike(OUTCOME, fate);
    strike(BILLING + "DELETE /internal/workers/{id}", Fate.ONCE);
    ProcessHandle before = STACK.stack().stack().process(worker);

    before.destroy();
    await().atMost(PATIENCE).until(outcome::isSpent);
    rows.countDown();

    JsonNode task = audit(id);
    assertThat(task.get("status").asString()).as("%s", task).isEqualTo("SUCCESS");
    assertThat(task.get("attempt").asInt()).isEqualTo(2);
    await()
        .atMost(PATIENCE)
        .until(() -> !before.equals(STACK.stack().stack().process(worker)) && WORLD.workers() == 2);
  }

  @Order(4)
  @Test
  void workerWhoseReportIsNotAnsweredStaysKnown() {
    Strike report = strike(BILLING + "PUT /internal/workers/{id}", Fate.TWICE);

    await().atMost(PATIENCE).until(report::isSpent);

    assertThat(WORLD.workers()).isEqualTo(2);
  }

  @Order(5)
  @Test
  void everyCallHasLostAnAnswer() {
    Set<String> routes = new TreeSet<>();
    STACK.routes().forEach(route -> routes.add(route.toString()));
    routes.removeAll(OF_OTHERS);

    assertThat(STACK.struck()).isEqualTo(routes);
    assertThat(STACK.unknown()).isEmpty();
  }

  @Order(5)
  @Test
  void nothingIsLeftAndNothingIsThereThatNobodyWasToldOf() throws Exception {
    BillingTables tables = new BillingTables(STACK.stack());

    assertThat(tables.tasks()).containsExactlyInAnyOrderElementsOf(WORLD.tasks());
    assertThat(tables.unreadableMessages()).hasSize(Fate.values().length);
    assertThat(WORLD.vendorsByName()).doesNotHaveDuplicates();
    assertThat(WORLD.payablesOfBillings()).doesNotHaveDuplicates();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(tables.staged()).isEmpty();
              assertThat(new TreeSet<>(STACK.stack().sheetFiles()))
                  .isEqualTo(new TreeSet<>(tables.sheetFiles()));
            });
  }

  private static Stream<Arguments> everyFate(Stream<Arguments> calls) {
    return calls.flatMap(
        call ->
            Arrays.stream(Fate.values())
                .map(
                    fate -> {
                      List<Object> all = new ArrayList<>(List.of(call.get()));
                      all.add(fate);
                      return Arguments.of(all.toArray());
                    }));
  }

  static Fate[] fates() {
    return Fate.values();
  }

  private static Strike strike(String words, Fate fate) {
    Route route = STACK.route(words);
    return STACK.proxy(route).strike(route, fate.loss, fate.times);
  }

  private static CountDownLatch hold(String words) {
    Route route = STACK.route(words);
    return STACK.proxy(route).hold(route);
  }

  private static void publish(byte[] message) throws Exception {
    ConnectionFactory broker = new ConnectionFactory();
    broker.setUri(STACK.stack().stack().brokerUri());
    try (Connection connection = broker.newConnection();
        Channel channel = connection.createChannel()) {
      channel.basicPublish("", "tallyman.tasks", null, message);
    }
  }

  /** The seq of each event that a client got, in their order. */
  private static List<String> follow(String task) {
    List<String> seqs = new ArrayList<>();
    HttpResponse<String> answer = stream(task, "0");
    while (answer.statusCode() != 204) {
      answer
          .body()
          .lines()
          .filter(line -> line.startsWith("id: "))
          .forEach(line -> seqs.add(line.substring("id: ".length())));
      answer = stream(task, seqs.isEmpty() ? "0" : seqs.getLast());
    }
    return seqs;
  }

  private static HttpResponse<String> stream(String task, String lastEventId) {
    return GATEWAY.exchange(
        GATEWAY
            .request("/api/v1/tasks/" + task + "/events")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", lastEventId)
            .GET());
  }

  /** Checks the promises of an accepted task, and returns the ended task. */
  private JsonNode audit(String id) {
    return new LostAudit(GATEWAY, STACK.stack(), PATIENCE).audit(id);
  }
}
