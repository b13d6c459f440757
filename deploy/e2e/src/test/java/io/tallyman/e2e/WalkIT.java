package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands of the documents work when they are pasted into a shell. */
@OnSharedStack
final class WalkIT {
  private static final Path HOME = Path.of(System.getProperty("tallyman.home"));

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void walkOfTheReadmeEndsWithTheSheet(Shell shell) throws Exception {
    shell.require();

    String output = shell.paste(commands("README.md", "A walk with curl"), directory);

    assertThat(output).contains("\"status\":\"SUCCESS\"").endsWith(ComposeIT.SHEET_OF_THE_WALK);
  }

  @ParameterizedTest
  @EnumSource
  void commandsForThoseWhoComeFromCeleryWork(Shell shell) throws Exception {
    shell.require();
    gateway.awaitSuccess(
        gateway.importCsv(
            """
            date_billed,account_name,payable,currency
            2025-03-31,Ada & Co,1.00,GBP
            2025-04-01,Ada & Co,2.00,GBP
            """,
            ""),
        Duration.ofMinutes(1));

    String output = shell.paste(commands("docs/from-celery.md", "Try it"), directory);

    assertThat(output)
        .contains("\"pointer\":\"/name\"")
        .containsPattern("\"status\":\"SUCCESS\"[^\n]*\"result\":\\{\"rows\":[1-9]")
        .containsPattern("\"seq\":3,[^\n]*\"status\":\"SUCCESS\"")
        .containsPattern("\"eta\":\"[0-9]{4}-01-01T06:00:00Z\"")
        .contains("\"status\":\"REVOKED\"", "\"retry_of\":\"")
        .contains("Idempotent-Replayed: true", "\"group_id\":\"", "\"free_slots\":", "\"p95\":");
    assertThat(output.split("urn:tallyman:problem", -1)).as("only the first is refused").hasSize(2);
  }

  private static String commands(String document, String section) {
    String usual = "gateway=http://127.0.0.1:8080\ntoken=$(./tallyman token)\n";
    String commands = Document.read(HOME.resolve(document)).commands(section);
    assertThat(commands).startsWith(usual);
    return "gateway=%s\ntoken=$('%s/tallyman' token --data '%s')\n"
            .formatted(
                RunningStack.SHARED.get().gateway(),
                HOME,
                RunningStack.SHARED.embedded().directory())
        + commands.substring(usual.length());
  }
}
