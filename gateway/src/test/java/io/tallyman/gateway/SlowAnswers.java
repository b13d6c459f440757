package io.tallyman.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Gives all requests the same answer, but holds every answer until the test releases them. */
public final class SlowAnswers implements UnaryOperator<String> {
  private final String json;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger waiting = new AtomicInteger();

  public SlowAnswers(String json) {
    this.json = json;
  }

  @Override
  public String apply(String sent) {
    waiting.incrementAndGet();
    try {
      gate.await();
      return json;
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts a fake service", e);
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** The number of requests that are waiting now. */
  public int waiting() {
    return waiting.get();
  }

  public void letGo() {
    gate.countDown();
  }
}
