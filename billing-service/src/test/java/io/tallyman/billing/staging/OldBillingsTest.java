package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TableOwner;
import io.tallyman.billing.TestWorker;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database of an earlier release: a file that was imported then adds nothing now. */
final class OldBillingsTest {
  private static final String VERSION_WITHOUT_LINES = "15";
  private static final String VERSION_WITH_EXACT_NAMES = "22";

  private static final String FILE =
      """
      2,Split,,INV-1,2031-08-05,100.00,GBP,1
      3,Split,,INV-1,2031-08-05,100.00,GBP,1
      4,Split,,INV-1,2031-08-05,40.00,GBP,1
      5,Split,,INV-2,2031-08-05,9.00,GBP,1
      6,Split,,,2031-08-05,6.76,GBP,1
      7,Split,,,2031-08-05,6.76,GBP,1
      """;

  /** Of several lines with one reference, that release stored the first. */
  @Test
  void fileWithLinesOfOneReferenceAddsNothing() {
    Map<String, ?> database =
        database(
            VERSION_WITHOUT_LINES,
            """
            INSERT INTO vendor (account_name) VALUES ('Split');
            INSERT INTO billing
              (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal,
               import_id, line)
            VALUES
              (1, '2031-08-05', 100.00, 'GBP', 1, 'INV-1', 1, gen_random_uuid(), 2),
              (1, '2031-08-05', 9.00, 'GBP', 1, 'INV-2', 1, gen_random_uuid(), 5),
              (1, '2031-08-05', 6.76, 'GBP', 1, NULL, 1, gen_random_uuid(), 6),
              (1, '2031-08-05', 6.76, 'GBP', 1, NULL, 2, gen_random_uuid(), 7);
            """);

    try (RunningService service = RunningService.startOn(database)) {
      TestWorker worker = new TestWorker(service);
      UUID id = worker.stagedImport(FILE);

      assertThat(worker.refusals(id, 1).lines())
          .hasSize(2)
          .allMatch(line -> line.matches("[34],reference,reference-differs,.*"));
      worker.outcome(
          id,
          1,
          """
          {"outcome": "DONE", "sheet": null, "result": {"rows": 6, "refused": 2}}
          """);

      Answer task = worker.task(id);
      StagedBillingsTest.assertResult(task, 0, 4, 0);
      assertThat(service.count("billing")).isEqualTo(4);

      UUID lines = worker.stagedImport("?on_reference=add", FILE);
      worker.imported(lines, 1, 6);
      StagedBillingsTest.assertResult(worker.task(lines), 2, 4, 0);
    }
  }

  /** That release compared and stored names as they were in the file. */
  @Test
  void fileWithUntrimmedNamesAddsNothing() {
    Map<String, ?> database =
        database(
            VERSION_WITH_EXACT_NAMES,
            """
            INSERT INTO vendor (account_name)
            VALUES ('Oak'), ('Oak '), (' Elm'), (U&'Cafe\\0301');
            INSERT INTO billing
              (vendor_id, date_billed, payable, currency, total_issues, ordinal, import_id, line)
            SELECT id, '2031-08-05', 9.00, 'GBP', 1, 1, gen_random_uuid(), id + 1 FROM vendor;
            """);

    try (RunningService service = RunningService.startOn(database)) {
      TestWorker worker = new TestWorker(service);
      UUID again =
          worker.stagedImport(
              """
              2,Oak,,,2031-08-05,9.00,GBP,1
              3,Oak ,,,2031-08-05,9.00,GBP,1
              4," Elm",,,2031-08-05,9.00,GBP,1
              5,Cafe\u0301,,,2031-08-05,9.00,GBP,1
              """);
      worker.imported(again, 1, 4);
      StagedBillingsTest.assertResult(worker.task(again), 0, 4, 0);

      UUID trimmed =
          worker.stagedImport(
              """
              2,Elm,,,2031-08-05,9.00,GBP,1
              3,Caf\u00e9,,,2031-08-05,9.00,GBP,1
              """);
      worker.imported(trimmed, 1, 2);
      StagedBillingsTest.assertResult(worker.task(trimmed), 0, 2, 0);
    }
  }

  /** A new database as an earlier release left it. */
  private static Map<String, ?> database(String version, String rows) {
    Map<String, ?> database = RunningService.newDatabase();
    String url = String.valueOf(database.get("tallyman.database.url"));
    String owner = String.valueOf(database.get("tallyman.database.owner-user"));
    String password = String.valueOf(database.get("tallyman.database.owner-password"));
    Flyway.configure()
        .dataSource(url, owner, password)
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
    TableOwner.of(database).useHandle(handle -> handle.execute(rows));
    return database;
  }
}
