package io.tallyman.standalone.command;

import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.UsageError;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The command line.
 *
 * @param port empty if not given
 * @param directory the data directory
 */
public record Options(
    Command command, OptionalInt port, int workers, Path directory, boolean samples) {
  /** The exit code where nothing runs that could be stopped or shown. */
  public static final int NOTHING_RUNS = 3;

  public static final String HELP =
      """
      Usage: ./tallyman COMMAND [OPTION]...

      Commands:
        demo     start everything, import sample billings, make a billing sheet, show it, stop
        up       start everything, load the sample billings on the first run, stay until Ctrl-C,
                 SIGTERM or ./tallyman down
        down     stop what runs, wait until it is stopped
        status   show what runs, where, since when, and whether it is ready
        reset    delete all data of earlier runs
        bench    measure Tallyman beside an application of FastAPI and Celery; bench --help shows
                 its options
        example concurrency
                 run slow calls one by one, on threads and on virtual threads; start nothing else

      Commands for a running Tallyman, here or elsewhere; COMMAND --help shows the options of each:
        sheet DATE       make a sheet of billings, and download it
        import FILE      import a CSV of billings
        tasks            list tasks
        watch ID         wait for the end of a task, and show its progress
        cancel ID        cancel a task
        retry ID         run a failed or cancelled task again
        workers          list the workers and what they run
        login            log in at a gateway; the stack that runs here needs no login
        logout           end that login
        token            print an access token, for programs such as curl
        completion bash  print a script that completes commands and options; also for zsh

      Options:
        --port N       the port of the gateway (up, demo); the default is 8080; if it is taken, a
                       demo uses a free port
        --workers N    the number of worker processes (up, demo); the default is 2
        --data DIR     the directory of all data (all commands); the default is .tallyman in the
                       repository, and .tallyman/demo for a demo
        --no-samples   load no sample billings (up)
        --help         show this

      Exit codes: 0 success, or everything is ready (status); 1 something failed, or something is not
      ready (status); 2 the command is wrong or cannot run; 3 nothing runs (down, status).
      docs/cli.md lists the exit codes of the commands for a running Tallyman.

      Settings of the services are environment variables, such as TALLYMAN_WORKER_SLOTS=4. They can
      also be lines of a file .env in the current folder or in the repository. docs/operations.md lists
      all settings.
      """;

  private static final String COMMANDS = "demo, up, down, status or reset";
  private static final int DEFAULT_WORKERS = 2;
  private static final int MOST_WORKERS = 64;

  public enum Command {
    DEMO,
    UP,
    DOWN,
    STATUS,
    RESET,
    HELP;

    private boolean takes(String option) {
      return switch (option) {
        case "--data" -> this != HELP;
        case "--port", "--workers" -> this == DEMO || this == UP;
        case "--no-samples" -> this == UP;
        default -> false;
      };
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param home the root of the repository, for the default directory
   * @throws UsageError with a message of one line
   */
  public static Options parse(List<String> arguments, Path home) {
    if (arguments.isEmpty()) {
      throw new UsageError(
          "A command is missing: " + COMMANDS + ". ./tallyman --help explains them.");
    }
    Path usual = home.resolve(".tallyman");
    if (arguments.contains("--help") || arguments.contains("-h")) {
      return new Options(Command.HELP, OptionalInt.empty(), 0, usual, false);
    }
    Deque<String> words = new ArrayDeque<>(arguments);
    Command command = command(words.remove());
    Path directory = command == Command.DEMO ? new DataDirectory(usual).demo().root() : usual;
    Options options = new Options(command, OptionalInt.empty(), DEFAULT_WORKERS, directory, true);
    while (!words.isEmpty()) {
      options = options.with(words.remove(), words);
    }
    return options;
  }

  private Options with(String option, Deque<String> words) {
    if (!command.takes(option)) {
      throw new UsageError(
          "%s is not an option of %s. ./tallyman --help lists the options."
              .formatted(option, command.word()));
    }
    return switch (option) {
      case "--port" ->
          new Options(
              command, OptionalInt.of(number(option, words, 65_535)), workers, directory, samples);
      case "--workers" ->
          new Options(command, port, number(option, words, MOST_WORKERS), directory, samples);
      case "--data" -> new Options(command, port, workers, path(option, words), samples);
      case "--no-samples" -> new Options(command, port, workers, directory, false);
      default -> throw new IllegalStateException(option + " has no meaning.");
    };
  }

  private static Command command(String word) {
    return switch (word) {
      case "demo" -> Command.DEMO;
      case "up" -> Command.UP;
      case "down" -> Command.DOWN;
      case "status" -> Command.STATUS;
      case "reset" -> Command.RESET;
      default ->
          throw new UsageError(
              word
                  + " is not a command. Commands are: "
                  + COMMANDS
                  + ". ./tallyman --help explains them.");
    };
  }

  private static int number(String option, Deque<String> words, int largest) {
    String word = value(option, words);
    int number = word.matches("[0-9]{1,5}") ? Integer.parseInt(word) : 0;
    if (number < 1 || number > largest) {
      throw new UsageError(
          "%s needs a whole number from 1 to %d, but %s was given."
              .formatted(option, largest, word));
    }
    return number;
  }

  private static Path path(String option, Deque<String> words) {
    return Path.of(value(option, words)).toAbsolutePath().normalize();
  }

  private static String value(String option, Deque<String> words) {
    if (words.isEmpty() || words.peek().isEmpty()) {
      throw new UsageError(option + " needs a value. ./tallyman --help explains it.");
    }
    return words.remove();
  }
}
