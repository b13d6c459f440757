package io.tallyman.standalone.command;

import io.tallyman.embedded.process.Ports;
import io.tallyman.embedded.process.StartFailure;
import io.tallyman.standalone.client.ProgressLine;
import io.tallyman.standalone.client.TaskFailure;
import io.tallyman.standalone.sample.SampleWork;
import io.tallyman.standalone.stack.AotTraining;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.Stack;
import io.tallyman.standalone.stack.StackOptions;
import io.tallyman.standalone.stack.UsageError;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One run of {@code up} or {@code demo}, until it ends or a signal stops it. */
public final class StackRun {
  private static final int USUAL_PORT = 8080;
  private static final int INTERRUPTED = 130;

  private final Options options;
  private final PrintStream out;
  private final Admin admin;
  private final ProgressLine line;
  private final Stack stack;
  private final AotTraining training;

  private volatile boolean finished;
  private volatile boolean interrupted;

  public StackRun(Options options, SettingsFile settings, Path home, PrintStream out) {
    this.options = options;
    this.out = out;
    this.admin = new Admin(new DataDirectory(options.directory()), settings, System.getenv());
    this.line = new ProgressLine(out, Boolean.getBoolean("tallyman.terminal"));
    this.stack =
        new Stack(
            new StackOptions(
                home,
                options.directory(),
                port(),
                options.workers(),
                settings.missingFrom(System.getenv())),
            line::end);
    this.training = new AotTraining(home, new SampleWork(), line::end);
  }

  /** Returns the exit code. Does not return if a signal ends the process. */
  public int run() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopOnSignal, "stop-on-signal"));
    try {
      return play();
    } finally {
      stack.close();
      finished = true;
    }
  }

  private int play() {
    try {
      stack.claim();
      line.show("Starting PostgreSQL, the broker and the services …");
      switch (options.command()) {
        case DEMO -> new Demo(admin, stack, out, line).play();
        case UP -> stayUp();
        case DOWN, STATUS, RESET, HELP ->
            throw new IllegalStateException(options.command() + " starts nothing.");
      }
      return 0;
    } catch (UsageError e) {
      return complain(e.getMessage(), 2);
    } catch (StartFailure | UncheckedIOException e) {
      return complain(e.getMessage(), 1);
    } catch (TaskFailure e) {
      return complain(stack.fault(e.culprit(), e.deed()), 1);
    }
  }

  private void stayUp() {
    new Up(admin, stack, options.samples(), out, line).play();
    training.start();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // A failure that is caused by stopping everything is not reported.
  private int complain(@Nullable String message, int code) {
    if (!interrupted) {
      line.end("tallyman: " + message);
    }
    return code;
  }

  private void stopOnSignal() {
    if (finished) {
      return;
    }
    interrupted = true;
    line.end("Stopping …");
    training.cancel();
    stack.close();
    training.close();
    line.end("Everything is stopped.");
    Runtime.getRuntime().halt(options.command() == Options.Command.UP ? 0 : INTERRUPTED);
  }

  private int port() {
    boolean evade = options.command() == Options.Command.DEMO && Ports.isTaken(USUAL_PORT);
    return options.port().orElse(evade ? 0 : USUAL_PORT);
  }
}
