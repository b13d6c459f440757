package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.TaskProgress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What other threads tell the thread that reads events. Hints and progress are dropped while nobody
 * follows a task.
 */
final class Inbox {
  private static final int MOST_HINTS = 50_000;
  private static final int MOST_PROGRESS = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Deque<Runnable> commands = new ArrayDeque<>();
  private final Map<UUID, Integer> hints = new LinkedHashMap<>();
  private final Map<UUID, TaskProgress> progress = new LinkedHashMap<>();
  private boolean missed;
  private boolean open;

  /**
   * @param hints for each task the first event that was hinted at, in the order of the hints
   * @param missed whether hints may have been lost
   */
  record Content(
      List<Runnable> commands,
      Map<UUID, Integer> hints,
      List<TaskProgress> progress,
      boolean missed) {}

  /** A command also opens the inbox for hints. */
  void command(Runnable command) {
    lock.lock();
    try {
      commands.add(command);
      open = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  void hint(UUID task, int seq) {
    lock.lock();
    try {
      if (!open) {
        return;
      }
      hints.merge(task, seq, Math::min);
      if (hints.size() > MOST_HINTS) {
        hints.clear();
        missed = true;
      }
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps only the latest progress of a task. */
  void progress(TaskProgress latest) {
    lock.lock();
    try {
      if (open && (progress.size() < MOST_PROGRESS || progress.containsKey(latest.taskId()))) {
        progress.put(latest.taskId(), latest);
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void missedHints() {
    lock.lock();
    try {
      missed = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something, or the time is over, and takes everything. */
  Content take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (left > 0 && isEmpty()) {
        left = filled.awaitNanos(left);
      }
      Content content =
          new Content(
              List.copyOf(commands),
              new LinkedHashMap<>(hints),
              List.copyOf(progress.values()),
              missed);
      commands.clear();
      hints.clear();
      progress.clear();
      missed = false;
      return content;
    } finally {
      lock.unlock();
    }
  }

  /** Drops hints from now on, unless a command has arrived since the last content. */
  void close() {
    lock.lock();
    try {
      open = !commands.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return commands.isEmpty() && hints.isEmpty() && progress.isEmpty() && !missed;
  }
}
