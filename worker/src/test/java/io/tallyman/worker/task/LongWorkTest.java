package io.tallyman.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.kit.request.RequestId;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LongWorkTest {
  @Test
  void runsOnAPlatformThreadForTheSameRequest() throws Exception {
    FutureTask<String> attempt =
        new FutureTask<>(
            () -> {
              try (var _ = RequestId.inLog("my-request")) {
                return LongWork.run(
                    "long", () -> RequestId.current().orElseThrow() + kind(Thread.currentThread()));
              }
            });
    Thread.ofVirtual().start(attempt);
    assertThat(attempt.get()).isEqualTo("my-request on a platform thread");
  }

  @Test
  void failureOfTheWorkIsThrown() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                LongWork.run(
                    "long",
                    () -> {
                      throw new IOException("broken");
                    }))
        .withMessage("broken");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                LongWork.run(
                    "long",
                    () -> {
                      throw new AssertionError("bug");
                    }));
  }

  @Test
  void interruptStopsTheWorkBeforeTheCallerGoesOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cleanedUp = new CountDownLatch(1);
    FutureTask<Boolean> attempt =
        new FutureTask<>(
            () -> {
              try {
                return LongWork.run("long", () -> waitForEver(begun, cleanedUp));
              } catch (InterruptedException stopped) {
                return cleanedUp.getCount() == 0;
              }
            });
    Thread thread = Thread.ofVirtual().start(attempt);
    begun.await();
    thread.interrupt();
    assertThat(attempt.get()).isTrue();
  }

  private static boolean waitForEver(CountDownLatch begun, CountDownLatch cleanedUp)
      throws InterruptedException {
    try {
      begun.countDown();
      new CountDownLatch(1).await();
      return false;
    } finally {
      cleanedUp.countDown();
    }
  }

  private static String kind(Thread thread) {
    return thread.isVirtual() ? " on a virtual thread" : " on a platform thread";
  }
}
