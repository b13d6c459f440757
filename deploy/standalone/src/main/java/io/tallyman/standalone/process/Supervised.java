package io.tallyman.standalone.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A process that, once it is {@link #keepAlive kept alive}, is reported when it ends and started
 * again: at once after a long life, with growing pauses up to half a minute after short ones.
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

  /** Launches it the first time. */
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

  /** From now on it may end. */
  public synchronized void release() {
    released = true;
  }

  /** Asks the process to end, without waiting. */
  public synchronized void terminate() {
    release();
    process.destroy();
  }

  /** Waits for the end of a process that was asked to, and ends it by force at the deadline. */
  public void awaitEnd(Instant deadline) {
    ProcessHandle ending = process();
    long patience = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
    ending.onExit().completeOnTimeout(ending, patience, TimeUnit.MILLISECONDS).join();
    if (ending.isAlive()) {
      report.accept(name + " did not stop in time and is killed.");
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
            "%s ended and is started again in %d ms.".formatted(name, pause.toMillis()), log));
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
