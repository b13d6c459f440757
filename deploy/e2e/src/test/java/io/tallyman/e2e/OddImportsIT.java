package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Unusual but valid values are imported unchanged. */
@OnSharedStack
final class OddImportsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HEADER = "date_billed,account_name,payable,currency\r\n";

  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.SHARED.get());

  @Test
  void headerWithoutRowsIsAnImportOfNothing() {
    JsonNode result = imported(HEADER);

    assertThat(result.get("rows").asLong()).isZero();
    assertThat(result.get("imported").asLong()).isZero();
    assertThat(result.get("error_sheet_id").isNull()).isTrue();
  }

  @Test
  void linesMayEndWithOnlyACarriageReturn() {
    JsonNode result =
        imported(
            (HEADER + "2063-01-01,Typewriter,1.00,GBP\r\n2063-01-01,Typewriter,x,GBP\r\n")
                .replace("\r\n", "\r"));

    assertThat(result.get("imported").asLong()).isEqualTo(1);
    assertThat(gateway.refusedRows(result).stream().map(RefusedRow::fault))
        .containsExactly("3 payable bad-amount");
  }

  @Test
  void columnsThatAreNotOursAreReadOver() {
    String names =
        IntStream.range(0, 196).mapToObj(column -> "c" + column).collect(Collectors.joining(","));
    String cells = String.join(",", Collections.nCopies(196, "z"));
    JsonNode result =
        imported(
            HEADER.strip()
                + ","
                + names
                + "\r\n2063-02-01,Wide,1.00,GBP,"
                + cells
                + "\r\n2063-02-01,Wide,x,GBP,"
                + cells
                + "\r\n");

    assertThat(result.get("imported").asLong()).isEqualTo(1);
    assertThat(gateway.refusedRows(result).getFirst().cells()).hasSize(200).endsWith("z");
  }

  @Test
  void firstAndLastDayThereIsAreDays() {
    imported(HEADER + "0001-01-01,Antiquity,1.00,GBP\r\n9999-12-31,Eternity,2.00,GBP\r\n");

    assertThat(gateway.billingsOf("0001-01-01").getFirst().getField("account_name"))
        .isEqualTo("Antiquity");
    assertThat(gateway.billingsOf("9999-12-31").getFirst().getField("account_name"))
        .isEqualTo("Eternity");
  }

  @Test
  void namesComeBackOnTheSheetExactly() {
    List<String> names =
        List.of(
            "=1+1",
            "@x",
            "-5",
            "+44 20",
            "Tabbed\tinside",
            "''=twice",
            "'plain",
            "Quotes \"inside\"",
            "\"Quoted\"",
            "Two\r\nlines",
            "Comma, Inc.",
            "spaces  kept  inside",
            "Emoji 🧾👩‍👩‍👧",
            "上海证券交易所",
            "شركة الاختبار",
            "Caf\u00e9",
            "\\N",
            "\\.",
            "NULL",
            "'; DROP TABLE billing; --");
    String rows =
        names.stream()
            .map(name -> "2063-03-01,\"" + name.replace("\"", "\"\"") + "\",1.00,GBP\r\n")
            .collect(Collectors.joining());

    JsonNode result = imported(HEADER + rows);

    assertThat(result.get("imported").asLong()).isEqualTo(names.size());
    assertThat(gateway.billingsOf("2063-03-01").stream().map(row -> row.getField("account_name")))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void newVendorHasTheNameWithoutTheSpacesAroundItAndInOneForm() {
    imported(
        HEADER
            + "2063-03-03,\"\tTrimmed \u00a0\",1.00,GBP\r\n"
            + "2063-03-03,Cafe\u0301 2063,1.00,GBP\r\n");

    assertThat(gateway.billingsOf("2063-03-03").stream().map(row -> row.getField("account_name")))
        .containsExactlyInAnyOrder("Trimmed", "Caf\u00e9 2063");
  }

  @Test
  void apostropheBeforeAFormulaIsTheSpreadsheetsAndIsTakenAway() {
    imported(HEADER + "2063-03-02,'=2+2,1.00,GBP\r\n2063-03-02,=2+2,1.00,GBP\r\n");

    assertThat(gateway.billingsOf("2063-03-02").stream().map(row -> row.getField("account_name")))
        .containsExactly("=2+2", "=2+2");
  }

  @Test
  void rowThatStandsThousandTimesCountsThousandTimes() throws Exception {
    String csv = HEADER + "2063-04-01,Same again,0.10,GBP\r\n".repeat(1_000);

    String id = gateway.importCsv(csv, "");
    JsonNode first = gateway.awaitSuccess(id, PATIENCE);
    assertThat(first.get("imported").asLong()).isEqualTo(1_000);
    assertThat(first.get("vendors_created").asLong()).isEqualTo(1);
    assertThat(database.billingsOf(id)).isEqualTo(1_000);

    JsonNode second = imported(csv);
    assertThat(second.get("imported").asLong()).isZero();
    assertThat(second.get("duplicates").asLong()).isEqualTo(1_000);
  }

  private JsonNode imported(String csv) {
    return gateway.awaitSuccess(gateway.importCsv(csv, ""), PATIENCE);
  }
}
