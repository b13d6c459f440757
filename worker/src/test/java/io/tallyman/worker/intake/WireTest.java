package io.tallyman.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.detect.Detection;
import io.tallyman.worker.intake.detect.Question;
import io.tallyman.worker.intake.detect.Sample;
import io.tallyman.worker.intake.row.Layout;
import io.tallyman.worker.intake.row.Money;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Reads billing-service's samples of imports, and writes the worker's own. */
final class WireTest {
  private static final Path OWN = Path.of("src/wire");
  private static final Path SAMPLES = Path.of("../billing-service/src/wire");
  private static final List<String> CELLS = List.of("Oak", "2022-03-31", "1.00");

  @AutoClose private static final ApplicationContext CONTEXT = ApplicationContext.run();

  @Test
  void readsTheParametersOfAnImport() throws IOException {
    Map<String, String> columns =
        Map.of(
            "account_name", "Beneficiary Name", "date_billed", "Payment Date", "payable", "Amount");
    assertThat(read("import-parameters.json", ImportParameters.class))
        .isEqualTo(
            new ImportParameters(
                columns,
                "GBP",
                ";",
                "windows-1252",
                "dd/MM/yyyy",
                ",",
                2,
                "2022-03-31",
                70,
                ".",
                Map.of("€", "EUR", "£", ""),
                Set.of("parentheses"),
                "detect",
                UUID.fromString("01977f3a-5c1e-7d2b-9a40-0f6f2b1c8d11"),
                new SheetFormat(SheetFormat.Profile.EXCEL, ";", ",")));
  }

  @Test
  void readsTheOptionsOfAnInspection() throws IOException {
    assertThat(read("import-options.json", ImportParameters.class))
        .isEqualTo(
            new ImportParameters(
                Map.of(
                    "date_billed",
                    "Payment Date",
                    "account_name",
                    "Beneficiary Name",
                    "payable",
                    "Amount"),
                "vendor",
                ";",
                "windows-1252",
                "dd/MM/yyyy",
                ",",
                2,
                "2022-03-31",
                70,
                ".",
                Map.of("€", "EUR", "£", ""),
                Set.of("parentheses"),
                null,
                null,
                null));
  }

  @Test
  void writesAnInspection() throws IOException {
    Detection detection =
        new Detection(
            "csv",
            true,
            3,
            2,
            List.of(
                new Detection.Column(1, "Payment Date", "date_billed", "high"),
                new Detection.Column(2, "Beneficiary Name", "account_name", "medium"),
                new Detection.Column(3, "Amount", "payable", "low"),
                new Detection.Column(4, "Note", null, null)),
            List.of(new Detection.Footer(5, List.of("Total", "12.00"))),
            Map.of("header_line", "2", "currency", "GBP"),
            "header_line=2&currency=GBP",
            List.of(new Sample("payable", "£5", null)),
            List.of(
                new Question(
                    "columns",
                    "payable",
                    "Which column has the amounts?",
                    List.of(
                        new Question.Choice(
                            "payable:Amount", List.of(new Sample("payable", "5", "5")))),
                    true)));
    JsonMapper json = CONTEXT.getBean(JsonMapper.class);

    assertThat(json.readValue(json.writeValueAsString(detection), JsonNode.class))
        .isEqualTo(
            json.readValue(Files.readString(OWN.resolve("inspection.json")), JsonNode.class));
  }

  @Test
  void readsWhatWasStaged() throws IOException {
    assertThat(read("staged.json", BillingImport.Staged.class))
        .isEqualTo(new BillingImport.Staged(139_438, 2));
  }

  @Test
  void readsRefusals() throws IOException {
    List<String> header = List.of("account_name", "date_billed", "payable");
    try (StagingRefusals refusals =
        new StagingRefusals(
            Files.newInputStream(SAMPLES.resolve("refusals.csv")),
            Layout.of(header, null, false),
            2)) {
      assertThat(refusals.of(good(2)))
          .isEqualTo(
              new Row.Refused(
                  2,
                  "account_name",
                  "ambiguous-vendor",
                  "several vendors have the name \"Oak\"; give account_number",
                  CELLS));
      assertThat(refusals.of(good(3))).isNull();
      assertThat(Objects.requireNonNull(refusals.of(good(17))).code())
          .isEqualTo("missing-currency");
      refusals.requireAllTaken();
    }
  }

  @Test
  void writesThatAnImportIsDone() throws IOException {
    JsonMapper json = CONTEXT.getBean(JsonMapper.class);
    FileTotals totals = new FileTotals();
    totals.addGood(new Money(null, new BigDecimal("99.00")));
    totals.addGood(new Money("GBP", new BigDecimal("1200.00")));
    totals.addRefused(new Money("GBP", new BigDecimal("50.00")));
    JsonNode counts =
        json.writeValueToTree(
            new ReadRows.Counts(
                139_438,
                2,
                3,
                List.of(new ReadRows.Footer(139_439, "Total | 1250.00", new BigDecimal("1250.00"))),
                totals.all(),
                1,
                "date_format=dd/MM/yyyy"));
    Progress last = new Progress("reading", "bytes", 1_432_091, 1_432_091L);
    String written = json.writeValueAsString(new Done(null, counts, last));

    assertThat(json.readValue(written, JsonNode.class))
        .isEqualTo(read("outcome-done-import.json", JsonNode.class));
  }

  private static Row.Good good(long line) {
    return new Row.Good(line, CELLS, new ArrayList<>(CELLS));
  }

  private static <T> T read(String sample, Class<T> type) throws IOException {
    return Objects.requireNonNull(
        CONTEXT
            .getBean(JsonMapper.class)
            .readValue(Files.readString(SAMPLES.resolve(sample)), type));
  }
}
