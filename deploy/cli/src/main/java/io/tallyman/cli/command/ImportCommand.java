package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.intake.FileOption;
import io.tallyman.cli.intake.Found;
import io.tallyman.cli.intake.Questions;
import io.tallyman.cli.intake.Source;
import io.tallyman.cli.task.Report;
import io.tallyman.cli.task.TaskWait;
import io.tallyman.cli.task.Tasks;
import io.tallyman.cli.task.WaitOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * Shows what is found in the beginning of the file, and asks what it leaves open. The import itself
 * looks for the other options in the whole file, so it may have further questions.
 */
@Command(name = "import", description = "Import a CSV of billings, plain or gzip.")
final class ImportCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options;
  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  @Option(names = "--check", description = "Only check the file. Nothing is stored.")
  private boolean check;

  @Option(
      names = "--on-error",
      paramLabel = "ACTION",
      description = "skip refused rows, or abort: then the task fails and nothing is stored.")
  private @Nullable String onError;

  @Option(
      names = "--on-reference",
      paramLabel = "ACTION",
      description = "refuse rows whose reference is known with other content, or add them.")
  private @Nullable String onReference;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The import profile with options that are not given here.")
  private @Nullable String profile;

  @Option(
      names = "--no-wait",
      description = "Print the id of the task, and do not wait for its end.")
  private boolean noWait;

  ImportCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    Source source = Source.open(file);
    Gateway gateway = options.open();
    TaskWait wait = waiting.on(options, gateway);
    Questions questions = new Questions(options.screen());
    Map<String, String> query =
        new LinkedHashMap<>(FileOption.given(Objects.requireNonNull(command)));
    put(query, "profile", profile);
    JsonNode found = source.inspect(gateway, query);
    Found.lines(String.valueOf(file.getFileName()), found).forEach(options.screen()::note);
    questions.answers(found.path("questions")).forEach((name, value) -> add(query, name, value));
    query.put("options", "detect");
    put(query, "mode", check ? "validate" : null);
    put(query, "on_error", onError);
    put(query, "on_reference", onReference);
    JsonNode task = source.upload(gateway, query, options.screen());
    if (noWait) {
      return Report.accepted(task, options);
    }
    return Report.ended(untilAnswered(gateway, wait, questions, task), options);
  }

  /** The whole file may leave open what its beginning does not. */
  private JsonNode untilAnswered(
      Gateway gateway, TaskWait wait, Questions questions, JsonNode accepted) {
    JsonNode task = wait.untilEnd(accepted);
    while (task.path("result").has("questions") && options.screen().isInteractive()) {
      Map<String, String> answers = questions.answers(task.at("/result/questions"));
      String retry = "imports/%s/retry".formatted(Gateway.encoded(Tasks.id(task)));
      task = gateway.post(retry + Gateway.query(answers));
      task = wait.untilEnd(task);
    }
    return task;
  }

  private static void put(Map<String, String> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, value);
    }
  }

  /** Answers about columns come after the given columns. */
  private static void add(Map<String, String> query, String name, String value) {
    query.merge(name, value, (given, answer) -> given + "," + answer);
  }
}
