package io.tallyman.standalone.process;

import io.tallyman.embedded.process.LogTail;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A process that is started again when it ends, after {@link #keepAlive} was called. Each end is
 * reported. The pause before the restart is short after a long life. It grows up to 30 s after
 * short lives.
 */
public final class Supervised {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONG_LIFE = Duration.ofMinutes(1);

  private final String name;
  private final Path log;
  private final Supplier<ProcessHandle> launch;
  private final Consumer<String> report;

  private ProcessHandle process;
  private boolean released;

  /** Launches the process the first time. */
  public Supervised(
      String name, Path log, Supplier<ProcessHandle> launch, Consumer<String> report) {
    this.name = name;
    this.log = log;
    this.launch = launch;
    this.report = report;
    this.process = launch.get();
  }

  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  public synchronized ProcessHandle process() {
    return process;
  }

  public void keepAlive() {
    Thread.ofVirtual().name("keep-alive-" + name).start(this::startWheneverItEnds);
  }

  /** From now on, the process is not started again. */
  public synchronized void release() {
    released = true;
  }

  /** Asks the process to end, without waiting. */
  public synchronized void terminate() {
    release();
    process.destroy();
  }

  /** Waits until a terminated process has ended, and kills it at the deadline. */
  public void awaitEnd(Instant deadline) {
    ProcessHandle ending = process();
    long patience = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
    ending.onExit().completeOnTimeout(ending, patience, TimeUnit.MILLISECONDS).join();
    if (ending.isAlive()) {
      report.accept(name + " did not stop in time, so it is killed.");
      ending.destroyForcibly();
    }
  }

  private void startWheneverItEnds() {
    Duration pause = SHORTEST_PAUSE;
    while (!isReleased()) {
      Instant started = Instant.now();
      process().onExit().join();
      boolean livedLong = Duration.between(started, Instant.now()).compareTo(LONG_LIFE) > 0;
      pause = livedLong ? SHORTEST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
      startAfter(pause);
    }
  }

  private void startAfter(Duration pause) {
    if (isReleased()) {
      return;
    }
    report.accept(
        LogTail.explaining(
            "%s ended unexpectedly. It is started again in %d ms."
                .formatted(name, pause.toMillis()),
            log));
    try {
      Thread.sleep(pause);
      launchAgain();
    } catch (RuntimeException e) {
      report.accept("%s was not started again: %s".formatted(name, e.getMessage()));
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread.", e);
    }
  }

  private synchronized void launchAgain() {
    if (!released) {
      process = launch.get();
    }
  }

  private synchronized boolean isReleased() {
    return released;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
