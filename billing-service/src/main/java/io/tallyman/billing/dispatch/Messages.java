package io.tallyman.billing.dispatch;

import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.billing.worker.WorkerRegistry.Offers;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts dispatches into messages. Many tasks that are dispatched together share messages, so that
 * each costs the broker little. Each live worker gets its part of them. Tasks that are always long
 * have a message of their own, because they have to be spread over the workers one by one.
 */
@Singleton
final class Messages {
  /** Fewer than a worker has places, so that a message rarely waits for one. */
  private static final int MOST_TOGETHER = 8;

  private final Set<String> alone;

  /** How many live workers there are; without end while one of them takes single tasks only. */
  private volatile int workers = Integer.MAX_VALUE;

  Messages(TaskTypes types) {
    alone = Set.copyOf(types.longOnes());
  }

  /** Stores which workers are live. */
  void measured(Offers offers) {
    workers = offers.takeSeveral() ? offers.workers() : Integer.MAX_VALUE;
  }

  /** Keeps the order of the dispatches. */
  List<List<Dispatch>> of(List<Dispatch> dispatches) {
    int most = Math.clamp(dispatches.size() / workers, 1, MOST_TOGETHER);
    List<List<Dispatch>> messages = new ArrayList<>();
    for (Dispatch dispatch : dispatches) {
      if (messages.isEmpty() || !isOpen(messages.getLast(), most) || isAlone(dispatch)) {
        messages.add(new ArrayList<>());
      }
      messages.getLast().add(dispatch);
    }
    return messages;
  }

  private boolean isOpen(List<Dispatch> message, int most) {
    return message.size() < most && !isAlone(message.getLast());
  }

  private boolean isAlone(Dispatch dispatch) {
    return alone.contains(dispatch.task());
  }
}
