package io.tallyman.worker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PipelineTest {
  @Test
  void itemsArriveInTheirOrder() {
    List<Integer> arrived = new ArrayList<>();
    try (Pipeline<Integer> pipeline = Pipeline.start(sink -> putUpTo(1_000, sink))) {
      pipeline.forEach(arrived::add);
    }
    assertThat(arrived).hasSize(1_000).isSorted().startsWith(1).endsWith(1_000);
  }

  @Test
  void producerWaitsForASlowConsumer() {
    AtomicInteger produced = new AtomicInteger();
    try (Pipeline<Integer> pipeline =
        Pipeline.start(
            sink -> {
              for (int item = 1; item <= 1_000; item++) {
                sink.put(item);
                produced.set(item);
              }
            })) {
      Iterator<Integer> items = pipeline.iterator();
      for (int taken = 1; taken <= 20; taken++) {
        assertThat(items.next()).isEqualTo(taken);
        assertThat(produced.get()).isLessThanOrEqualTo(taken + 9);
      }
      await().untilAsserted(() -> assertThat(produced).hasValue(28));
    }
    assertThat(produced).hasValue(28);
  }

  @Test
  void failureOfTheProducerComesBehindItsItems() {
    List<Integer> arrived = new ArrayList<>();
    try (Pipeline<Integer> pipeline =
        Pipeline.start(
            sink -> {
              putUpTo(3, sink);
              throw new BadInput("bad-csv", "title", "broken");
            })) {
      assertThatThrownBy(() -> pipeline.forEach(arrived::add))
          .isInstanceOf(BadInput.class)
          .hasMessage("broken");
      assertThatThrownBy(pipeline::throwFailure).isInstanceOf(BadInput.class);
    }
    assertThat(arrived).containsExactly(1, 2, 3);
  }

  @Test
  void askingWhetherThereIsMoreDoesNotThrowTheFailure() {
    try (Pipeline<Integer> pipeline =
        Pipeline.start(
            _ -> {
              throw new IOException("disk");
            })) {
      Iterator<Integer> items = pipeline.iterator();
      assertThat(items.hasNext()).isTrue();
      assertThatThrownBy(items::next).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void consumerThatEndsEarlyStopsTheProducer() {
    AtomicBoolean stopped = new AtomicBoolean();
    try (Pipeline<Integer> pipeline =
        Pipeline.start(
            sink -> {
              try {
                putUpTo(Integer.MAX_VALUE, sink);
              } finally {
                stopped.set(true);
              }
            })) {
      assertThat(pipeline.iterator().next()).isEqualTo(1);
    }
    assertThat(stopped).isTrue();
  }

  @Test
  void stoppedPipelineIsNotTakenForACompleteOne() {
    Pipeline<Integer> pipeline = Pipeline.start(sink -> putUpTo(Integer.MAX_VALUE, sink));
    pipeline.close();

    assertThatThrownBy(() -> pipeline.forEach(_ -> {})).isInstanceOf(CancellationException.class);
  }

  @Test
  void interruptedConsumerStopsWaiting() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean cancelled = new AtomicBoolean();
    Thread consumer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Pipeline<Integer> pipeline = Pipeline.start(_ -> never.await())) {
                    pipeline.iterator().next();
                  } catch (CancellationException expected) {
                    cancelled.set(Thread.currentThread().isInterrupted());
                  }
                });
    consumer.interrupt();
    consumer.join();
    assertThat(cancelled).isTrue();
  }

  private static void putUpTo(int last, Pipeline.Sink<Integer> sink) throws InterruptedException {
    for (int item = 1; item <= last; item++) {
      sink.put(item);
    }
  }
}
