package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.standalone.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The answers of clients while a service is dead or silent, and how long they take. */
@OnBreakableStack
final class ServicesAwayIT {
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration RECOVERY = Duration.ofMinutes(1);

  private final Stack stack = RunningStack.BREAKABLE.embedded();
  private final Gateway gateway = RunningStack.BREAKABLE.gateway();

  /** An answer, with the time that it took. */
  private record Timed(Answer answer, Duration time) {}

  @AfterEach
  void awaitRecovery() {
    for (String path : new String[] {"/api/v1/users?limit=1", "/api/v1/vendors?limit=1"}) {
      await().atMost(RECOVERY).until(() -> gateway.get(path).status() == 200);
    }
  }

  @Test
  void overviewGoesWithoutADeadServiceAndHasItAgainLater() {
    String overview = "/api/v1/users/" + user() + "/overview";
    assertThat(unavailable(gateway.get(overview))).isEqualTo("[]");

    stack.kill("billing-service");

    Timed without =
        await()
            .atMost(RECOVERY)
            .until(() -> timed(overview), asked -> !unavailable(asked.answer()).equals("[]"));
    assertThat(without.answer().status()).isEqualTo(200);
    assertThat(without.time()).isLessThan(SOON);
    assertThat(unavailable(without.answer())).isEqualTo("[\"vendors\",\"payables\"]");
    assertThat(without.answer().body().get("user").isObject()).isTrue();
    assertThat(without.answer().body().get("vendors").isNull()).isTrue();
    assertThat(without.answer().body().get("payables").isNull()).isTrue();
    await().atMost(RECOVERY).until(() -> unavailable(gateway.get(overview)).equals("[]"));
  }

  @Test
  void requestThatNeedsADeadServiceIsToBeTriedAgain() {
    stack.kill("billing-service");

    Timed refused =
        await()
            .atMost(RECOVERY)
            .until(() -> timed("/api/v1/vendors"), asked -> asked.answer().status() != 200);

    assertToldToTryAgain(refused, "billing-service");
  }

  @Test
  void requestThatNeedsASilentServiceIsToBeTriedAgain() throws Exception {
    String user = "/api/v1/users/" + user();
    long pid = stack.process("user-service").pid();
    signal("-STOP", pid);
    try {
      assertToldToTryAgain(timed(user), "user-service");
      Timed overview = timed(user + "/overview");
      assertThat(overview.answer().status()).isEqualTo(200);
      assertThat(overview.time()).isLessThan(SOON);
      assertThat(unavailable(overview.answer())).isEqualTo("[\"user\"]");
    } finally {
      signal("-CONT", pid);
    }
  }

  private static void assertToldToTryAgain(Timed refused, String service) {
    assertThat(refused.answer().status()).as("%s", refused.answer().body()).isEqualTo(503);
    assertThat(refused.time()).isLessThan(SOON);
    assertThat(refused.answer().header("Retry-After")).isEqualTo("2");
    assertThat(refused.answer().body().get("type").asString())
        .isEqualTo("urn:tallyman:problem:service-unavailable");
    assertThat(refused.answer().body().get("detail").asString()).contains(service);
  }

  private Timed timed(String path) {
    long begun = System.nanoTime();
    Answer answer = gateway.get(path);
    return new Timed(answer, Duration.ofNanos(System.nanoTime() - begun));
  }

  private long user() {
    return gateway.post("/api/v1/users", NewUsers.next()).body().get("id").asLong();
  }

  private static String unavailable(Answer overview) {
    return overview.body().get("unavailable").toString();
  }

  private static void signal(String signal, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
    assertThat(kill.waitFor()).isZero();
  }
}
