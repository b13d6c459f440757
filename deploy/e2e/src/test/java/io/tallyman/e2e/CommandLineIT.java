package io.tallyman.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.standalone.stack.Stack;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The client commands of {@code ./tallyman}, as a script runs them. */
@OnSharedStack
final class CommandLineIT {
  private static final Path SCRIPT = Path.of(System.getProperty("tallyman.home"), "tallyman");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Stack stack = RunningStack.SHARED.embedded();
  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final List<Process> started = new ArrayList<>();

  @TempDir private Path directory;

  private record Ended(int exit, String out, String err) {}

  @AfterEach
  void endCommands() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void fileIsImportedAndItsSheetIsDownloaded() throws Exception {
    Path file = directory.resolve("zahlungen.csv");
    String csv =
        """
        Stadt Neuheim;;;

        Datum;Lieferant;Betrag;Belegnummer
        17.04.2095;Clümmer & Söhne;1.234,50;C1
        17.04.2095;Clümmer & Söhne;-99,00;C2
        """;
    Files.write(file, csv.getBytes(Charset.forName("windows-1252")));

    Ended doubtful = run("import", file.toString());
    Ended imported =
        run("import", file.toString(), "--currency", "EUR", "--charset", "windows-1252");
    Ended sheet = run("sheet", "2095-04-17", "--currency", "EUR");
    Ended piped = run("sheet", "2095-04-17", "--currency", "EUR", "-o", "-");

    assertThat(doubtful.exit).as(doubtful.err).isEqualTo(2);
    assertThat(doubtful.err).contains("zahlungen.csv: 2 rows", "--currency");
    assertThat(imported.exit).as(imported.err).isZero();
    assertThat(imported.out).isEqualTo("2 rows: 2 imported, 0 refused, 0 already there.\n");
    assertThat(imported.err).contains("Betrag", "payable", "1.234,50 -> 1234.50");
    assertThat(sheet.exit).as(sheet.err).isZero();
    assertThat(sheet.out).isEqualTo("billing-2095-04-17.csv: 2 rows, EUR 1,135.50.\n");
    assertThat(piped.exit).as(piped.err).isZero();
    assertThat(piped.out).contains("Clümmer & Söhne", "1234.50", "-99.00");
    assertThat(directory.resolve("billing-2095-04-17.csv")).hasContent(piped.out);
  }

  @Test
  void largeSheetIsTheOneThatWasPromised() throws Exception {
    Billings billings = new Billings(2095, 100_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);

    Ended imported = run("import", upload.toString(), "--json");
    Ended made =
        run("sheet", "--from", "2095-01-01", "--to", "2095-12-31", "--json", "-o", "sheet.csv");

    assertThat(imported.exit).as(imported.err).isZero();
    assertThat(json(imported).at("/result/imported").asInt()).isEqualTo(100_000);
    assertThat(made.exit).as(made.err).isZero();
    JsonNode result = json(made).get("result");
    DownloadedSheet sheet = DownloadedSheet.read(directory.resolve("sheet.csv"));
    assertThat(sheet.sha256()).isEqualTo(result.get("sha256").asString());
    assertThat(sheet.rows()).isEqualTo(result.get("rows").asInt()).isGreaterThanOrEqualTo(100_000);
    assertThat(made.err).contains("Written to sheet.csv");
  }

  @Test
  void taskIsSubmittedCancelledRetriedAndListed() throws Exception {
    String id = gateway.submit("billing.sheet", Map.of("billing_date", "2095-05-02"));
    gateway.awaitSuccess(id, PATIENCE);
    String waiting = submitLater();

    Ended watched = run("watch", id);
    Ended cancelled = run("cancel", waiting);
    Ended watchedCancelled = run("watch", waiting);
    Ended again = run("cancel", id);
    Ended retried = run("retry", waiting, "--no-wait");
    Ended tasks = run("tasks", "--status", "REVOKED", "--type", "billing.sheet");
    Ended unknown = run("watch", "0197a3c2-6f00-7000-8000-000000000001");

    assertThat(watched.exit).as(watched.err).isZero();
    assertThat(watched.out).startsWith("billing-2095-05-02.csv: ");
    assertThat(cancelled)
        .isEqualTo(new Ended(0, "The task %s is cancelled.\n".formatted(waiting), ""));
    assertThat(watchedCancelled).isEqualTo(new Ended(1, "", "The task was cancelled.\n"));
    assertThat(again.exit).isEqualTo(4);
    assertThat(again.err).startsWith("tallyman: The task has already ended. Task ");
    assertThat(retried.exit).as(retried.err).isZero();
    assertThat(gateway.task(retried.out.strip()).get("retry_of").asString()).isEqualTo(waiting);
    assertThat(tasks.out).contains(waiting, "2095-05-03");
    assertThat(unknown.exit).isEqualTo(4);
    gateway.post("/api/v1/tasks/%s/cancel".formatted(retried.out.strip()));
  }

  @Test
  void interruptEndsTheWaitAndNotTheTask() throws Exception {
    String waiting = submitLater();
    Process watch = start("", List.of("watch", waiting));
    Path err = directory.resolve("err");
    await("the wait").atMost(PATIENCE).until(() -> Files.readString(err).contains("PENDING"));

    new ProcessBuilder("kill", "-INT", Long.toString(watch.pid())).inheritIO().start().waitFor();

    assertThat(watch.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(watch.exitValue()).isEqualTo(130);
    assertThat(err)
        .content()
        .contains("The task goes on. To watch it: ./tallyman watch " + waiting);
    assertThat(gateway.task(waiting).get("status").asString()).isEqualTo("PENDING");
    gateway.post("/api/v1/tasks/%s/cancel".formatted(waiting));
  }

  @Test
  void workersAreListed() throws Exception {
    Ended workers = run("workers");

    assertThat(workers.exit).as(workers.err).isZero();
    assertThat(workers.out.lines()).hasSizeGreaterThan(1);
    assertThat(workers.out).startsWith("WORKER");
  }

  @Test
  void tokenForOtherProgramsIsPrinted() throws Exception {
    Ended token = run("token");

    assertThat(token.exit).as(token.err).isZero();
    Gateway other = new Gateway(gateway::address, token.out::strip);
    assertThat(other.get("/api/v1/me").body().get("username").asString()).isEqualTo("admin");
  }

  /** A refresh token can be used once: two commands that send it would end the login. */
  @Test
  void commandsAtTheSameTimeRenewTheSameLogin() throws Exception {
    Path password = directory.resolve("password");
    Files.writeString(password, RunningStack.SHARED.get().adminPassword());
    String url = gateway.address().toString();
    Ended login =
        run("login", "--url", url, "--username", "admin", "--password-file", password.toString());
    assertThat(login.exit).as(login.err).isZero();
    expireTheToken();

    List<Process> commands = new ArrayList<>();
    for (int command = 0; command < 3; command++) {
      commands.add(start("tasks" + command, List.of("tasks", "--url", url)));
    }
    for (Process command : commands) {
      assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    Ended logout = run("logout", "--url", url);
    Ended after = run("tasks", "--url", url);

    assertThat(commands).extracting(Process::exitValue).containsOnly(0);
    assertThat(logout).isEqualTo(new Ended(0, "", "You are logged out.\n"));
    assertThat(after.exit).as(after.err).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void commandsAndOptionsAreCompleted(Shell shell) throws Exception {
    shell.require();
    String name = shell == Shell.ZSH ? "zsh" : "bash";
    Ended script = run("completion", name);
    assertThat(script.exit).as(script.err).isZero();
    Files.writeString(directory.resolve("completion"), script.out);

    String output =
        shell.paste(
            """
            source ./completion
            [ -z "$ZSH_VERSION" ] || emulate sh
            COMP_WORDS=(tallyman she)
            COMP_CWORD=1
            COMP_LINE='tallyman she'
            _complete_tallyman
            echo "commands: ${COMPREPLY[*]}"
            COMP_WORDS=(tallyman import --date)
            COMP_CWORD=2
            COMP_LINE='tallyman import --date'
            _complete_tallyman
            echo "options: ${COMPREPLY[*]}"
            """,
            directory);

    assertThat(output).contains("commands: sheet", "--date-format");
  }

  /** A sheet that waits until it is cancelled. */
  private String submitLater() {
    JsonNode accepted =
        gateway
            .post(
                "/api/v1/tasks",
                Map.of(
                    "task",
                    "billing.sheet",
                    "parameters",
                    Map.of("billing_date", "2095-05-03"),
                    "eta",
                    Moment.later()))
            .body();
    return accepted.get("task_id").asString();
  }

  private void expireTheToken() throws IOException {
    Path logins = directory.resolve("tallyman").resolve("logins.json");
    String past = Files.readString(logins).replaceAll("\"expires\":\"20", "\"expires\":\"19");
    assertThat(past).contains("\"expires\":\"19");
    Files.writeString(logins, past);
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    Process process = start("", List.of(arguments));
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(directory.resolve("out")),
        Files.readString(directory.resolve("err")));
  }

  /**
   * The address comes from the data directory, as for the stack of {@code ./tallyman up}.
   *
   * @param name the beginning of the names of the files with the output
   */
  private Process start(String name, List<String> arguments) throws IOException {
    // The tests may have been started in the background, where shells make programs ignore SIGINT.
    List<String> command =
        new ArrayList<>(List.of("env", "--default-signal=INT", SCRIPT.toString()));
    command.addAll(arguments);
    if (!arguments.contains("completion")) {
      command.addAll(List.of("--data", stack.directory().toString()));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(directory.resolve(name + "out").toFile())
            .redirectError(directory.resolve(name + "err").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_STATE_HOME", directory.toString());
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("TALLYMAN_") || key.equals("JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static JsonNode json(Ended ended) {
    return JsonMapper.shared().readTree(ended.out.getBytes(UTF_8));
  }
}
