package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.sheet.OutputOptions;
import io.tallyman.cli.task.Report;
import io.tallyman.cli.task.TaskWait;
import io.tallyman.cli.task.WaitOptions;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "sheet", description = "Make a sheet of billings, and download it.")
final class SheetCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options;
  @Mixin private final WaitOptions waiting = new WaitOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "DATE",
      converter = DateOf.class,
      description = "The day of the billings, such as 2025-03-31.")
  private @Nullable LocalDate day;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = DateOf.class,
      description = "The first day, with --to instead of DATE.")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = DateOf.class,
      description = "The last day.")
  private @Nullable LocalDate to;

  @Option(
      names = "--vendor",
      paramLabel = "ID",
      description = "Only billings of the vendor with this id.")
  private @Nullable Long vendor;

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "Only billings in this currency, such as GBP.")
  private @Nullable String currency;

  @Option(names = "--profile", paramLabel = "NAME", description = "raw, or excel for spreadsheets.")
  private @Nullable String profile;

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "What separates cells: a comma, ; or tab.")
  private @Nullable String delimiter;

  @Option(names = "--decimal", paramLabel = "MARK", description = "The decimal mark: . or a comma.")
  private @Nullable String decimal;

  @Option(
      names = "--no-wait",
      description = "Print the id of the task, and do not wait for the sheet.")
  private boolean noWait;

  SheetCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    Map<String, Object> parameters = parameters();
    if (options.json() && output.isStandardOutput()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--json and -o - would both write to standard output. Give one of them.");
    }
    output.check();
    Gateway gateway = options.open();
    TaskWait wait = waiting.on(options, gateway);
    JsonNode task =
        gateway.post("tasks", Map.of("task", "billing.sheet", "parameters", parameters));
    if (noWait) {
      return Report.accepted(task, options);
    }
    JsonNode ended = wait.untilEnd(task);
    return new Delivery(options, gateway, output).of(ended);
  }

  private Map<String, Object> parameters() {
    boolean range = from != null && to != null;
    if ((day == null) != range || (day != null && (from != null || to != null))) {
      throw new CommandFailure(
          ExitCode.USAGE, "Give a DATE such as 2025-03-31, or both --from and --to.");
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    put(parameters, "billing_date", day);
    put(parameters, "from", from);
    put(parameters, "to", to);
    if (vendor != null) {
      parameters.put("vendor_id", vendor);
    }
    put(parameters, "currency", currency);
    Map<String, Object> format = new LinkedHashMap<>();
    put(format, "profile", profile);
    put(format, "delimiter", "tab".equals(delimiter) ? "\t" : delimiter);
    put(format, "decimal", decimal);
    if (!format.isEmpty()) {
      parameters.put("format", format);
    }
    return parameters;
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value.toString());
    }
  }
}
