package io.tallyman.bench.side;

import io.tallyman.bench.load.HttpConnection.Answer;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Repeats requests that a busy system refuses, and counts the refusals. */
final class PatientRequests {
  private final IntPredicate isBusy;
  private final LongAdder refused = new LongAdder();

  /**
   * @param isBusy whether an answer with this status says that the system is busy
   */
  PatientRequests(IntPredicate isBusy) {
    this.isBusy = isBusy;
  }

  /** Returns the first answer that is no refusal. */
  Answer send(Supplier<Answer> request) {
    while (true) {
      Answer answer = request.get();
      if (!isBusy.test(answer.status())) {
        return answer;
      }
      refused.increment();
    }
  }

  long refused() {
    return refused.sum();
  }
}
