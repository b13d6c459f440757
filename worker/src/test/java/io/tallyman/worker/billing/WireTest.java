package io.tallyman.worker.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.worker.billingservice.ClaimBatch;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetFormat.Profile;
import io.tallyman.worker.sheet.Total;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The task types read billing-service's samples of parameters. */
final class WireTest {
  private static final Path SAMPLES = Path.of("../billing-service/src/wire");

  @AutoClose private static final ApplicationContext CONTEXT = ApplicationContext.run();
  private final JsonMapper json = CONTEXT.getBean(JsonMapper.class);

  @Test
  void readsTheParametersOfASheet() throws IOException {
    byte[] sample = Files.readAllBytes(SAMPLES.resolve("sheet-parameters.json"));

    assertThat(json.readValue(sample, SheetParameters.class))
        .isEqualTo(
            new SheetParameters(
                null,
                LocalDate.of(2018, 1, 1),
                LocalDate.of(2022, 12, 31),
                7L,
                "GBP",
                new SheetFormat(Profile.EXCEL, ";", ",")));
  }

  @Test
  void readsTheRowsOfASmallSheet() throws IOException {
    byte[] sample = Files.readAllBytes(SAMPLES.resolve("claims-answer.json"));
    Claimed claimed =
        Objects.requireNonNull(
            Objects.requireNonNull(json.readValue(sample, ClaimBatch.Answers.class))
                .answers()
                .getFirst()
                .claimed());

    SmallSheet sheet = SmallSheet.of(Objects.requireNonNull(claimed.input())).orElseThrow();

    assertThat(sheet.snapshotAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
    assertThat(sheet.rows())
        .containsExactly(
            new String[] {"2022-03-31", "Acme, Inc.", null, "", "-1250.00", "GBP", "3"});
  }

  @Test
  void readsTheParametersOfASheetOfDuplicates() throws IOException {
    byte[] sample = Files.readAllBytes(SAMPLES.resolve("duplicates-parameters.json"));

    assertThat(json.readValue(sample, ImportDuplicates.Parameters.class))
        .isEqualTo(
            new ImportDuplicates.Parameters(
                UUID.fromString("01977f3a-5c1e-7d2b-9a40-0f6f2b1c8d11"),
                new SheetFormat(Profile.EXCEL, ";", ",")));
  }

  @Test
  void writesThatASheetOfPayablesIsDone() throws IOException {
    WrittenSheet sheet =
        new WrittenSheet(
            "payables-2021.csv",
            List.of(
                new Column("account_name", Column.Type.TEXT),
                new Column("account_number", Column.Type.TEXT),
                new Column("currency", Column.Type.CURRENCY),
                new Column("january", Column.Type.DECIMAL),
                new Column("total", Column.Type.DECIMAL)),
            3,
            List.of(new Total("GBP", new BigDecimal("1250.00"))),
            321,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            null);
    List<MonthTotal> months =
        List.of(
            new MonthTotal("GBP", "2021-01", new BigDecimal("1300.00")),
            new MonthTotal("GBP", "2021-02", new BigDecimal("-50.00")));
    assertWrites(
        "outcome-done-payables",
        new Done(
            sheet,
            json.writeValueToTree(new TotalPayables.Months(months)),
            new Progress("writing", "rows", 3, 3L)));
  }

  private void assertWrites(String name, Object written) throws IOException {
    byte[] sample = Files.readAllBytes(SAMPLES.resolve(name + ".json"));
    assertThat(json.readValue(json.writeValueAsBytes(written), JsonNode.class))
        .isEqualTo(json.readValue(sample, JsonNode.class));
  }
}
