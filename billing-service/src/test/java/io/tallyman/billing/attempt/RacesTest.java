package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;

/** Two calls at the same time: exactly one takes effect. */
final class RacesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final UUID id = worker.submit();

  @RepeatedTest(20)
  void oneOfTwoClaimsWins() throws Exception {
    List<Answer> answers = atOnce(() -> worker.claim(id), () -> worker.claim(id));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
    assertThat(worker.task(id).text("attempt")).isEqualTo("1");
  }

  @RepeatedTest(10)
  void sameClaimSentTwiceIsOneAttempt() throws Exception {
    UUID claimId = UUID.randomUUID();

    List<Answer> answers =
        atOnce(() -> worker.claim(id, claimId, 0), () -> worker.claim(id, claimId, 0));

    assertThat(answers).extracting(Answer::status).containsExactly(200, 200);
    assertThat(answers).extracting(answer -> answer.text("attempt")).containsExactly("1", "1");
  }

  @RepeatedTest(50)
  void oneOfOutcomeAndCancelDecidesTheEnd() throws Exception {
    worker.claim(id);

    List<Answer> answers = atOnce(() -> worker.done(id, 1), () -> worker.cancel(id));

    Answer done = answers.getFirst();
    Answer cancel = answers.getLast();
    if (done.status() == 200) {
      assertThat(cancel.status()).isEqualTo(409);
      assertThat(worker.status(id)).isEqualTo("SUCCESS");
      assertThat(SERVICE.count("sheet WHERE task_id = ?", id)).isOne();
    } else {
      assertThat(done.problem()).isEqualTo("revoked");
      assertThat(cancel.status()).isEqualTo(202);
      assertThat(worker.status(id)).isEqualTo("REVOKED");
      assertThat(SERVICE.count("sheet WHERE task_id = ?", id)).isZero();
    }
    assertThat(SERVICE.count("task_event WHERE task_id = ?", id)).isEqualTo(3);
  }

  private static List<Answer> atOnce(Callable<Answer> one, Callable<Answer> other)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> first = threads.submit(after(start, one));
      Future<Answer> second = threads.submit(after(start, other));
      return List.of(first.get(), second.get());
    }
  }

  private static Callable<Answer> after(CyclicBarrier start, Callable<Answer> call) {
    return () -> {
      start.await();
      return call.call();
    };
  }
}
