package io.tallyman.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The same answer for everybody, but for nobody before the test lets all go. */
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

  /** How many requests are here at this moment. */
  public int waiting() {
    return waiting.get();
  }

  public void letGo() {
    gate.countDown();
  }
}
