package io.tallyman.billing.attempt;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import io.tallyman.billing.attempt.AttemptBatchController.ClaimItem;
import io.tallyman.billing.attempt.AttemptBatchController.ClaimsRequest;
import io.tallyman.billing.attempt.AttemptController.Heartbeat;
import io.tallyman.billing.attempt.AttemptController.HeartbeatAnswer;
import io.tallyman.billing.state.Progress;
import io.tallyman.kit.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages between workers and this service about attempts equal the samples in src/wire. */
final class WireTest {
  private static final UUID TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000001");

  private static final UUID OTHER_TASK = UUID.fromString("0197a3c2-6f00-7000-8000-000000000009");

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void writesWhatWasClaimed() throws IOException {
    samples.assertWrites(
        "claimed",
        new Claimed(
            TASK,
            1,
            "billing.sheet",
            samples.tree("{\"billing_date\": \"2022-03-31\"}"),
            15000,
            1000,
            "sheets/2025-06-24/01/" + TASK + "-1.csv",
            4096,
            null,
            null,
            "a-request"));
  }

  @Test
  void readsTheClaim() throws IOException {
    UUID claimId = UUID.fromString("7b0f6a0e-2f4e-4c55-9a43-5f4f8f6f2a10");
    samples.assertReads("claim-request", Claim.class, new Claim(claimId, "worker-1", 1));
  }

  @Test
  void readsTheHeartbeat() throws IOException {
    samples.assertReads(
        "heartbeat-request",
        Heartbeat.class,
        new Heartbeat(new Progress("writing", "rows", 412, 742L)));
  }

  @Test
  void writesTheAnswerToAHeartbeat() throws IOException {
    samples.assertWrites("heartbeat-answer", new HeartbeatAnswer(LeaseRenewal.CONTINUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"done", "done-import", "done-payables", "retry", "give-up", "released"})
  void readsOutcomesWithoutLosingAnything(String kind) throws IOException {
    samples.assertWrites("outcome-" + kind, samples.read("outcome-" + kind, Outcome.class));
  }

  @Test
  void writesProblems() throws IOException {
    samples.assertWrites(
        "problem",
        new Problem(
            URI.create("urn:tallyman:problem:claim-refused"),
            "The task cannot be claimed",
            409,
            "The task has ended.",
            "/internal/tasks/" + TASK + "/attempts",
            "a-request",
            List.of()));
  }

  @Test
  void readsTheClaimsOfManyMessages() throws IOException {
    samples.assertReads(
        "claims-request",
        ClaimsRequest.class,
        new ClaimsRequest(
            "worker-1",
            List.of(
                new ClaimItem(TASK, UUID.fromString("7b0f6a0e-2f4e-4c55-9a43-5f4f8f6f2a10"), 1),
                new ClaimItem(
                    OTHER_TASK, UUID.fromString("7b0f6a0e-2f4e-4c55-9a43-5f4f8f6f2a11"), 2))));
  }

  @ParameterizedTest
  @CsvSource({
    "claims-answer, io.tallyman.billing.attempt.AttemptBatchController$ClaimsAnswer",
    "outcomes-request, io.tallyman.billing.attempt.AttemptBatchController$OutcomesRequest",
    "outcomes-answer, io.tallyman.billing.attempt.AttemptBatchController$OutcomesAnswer",
    "heartbeats-request, io.tallyman.billing.attempt.AttemptBatchController$HeartbeatsRequest",
    "heartbeats-answer, io.tallyman.billing.attempt.AttemptBatchController$HeartbeatsAnswer"
  })
  void readsAndWritesManyWithoutLosingAnything(String sample, Class<?> type) throws IOException {
    samples.assertWrites(sample, samples.read(sample, type));
  }
}
