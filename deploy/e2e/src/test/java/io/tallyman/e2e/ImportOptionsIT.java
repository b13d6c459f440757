package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files in the formats of other programs. */
@OnOneStack
@OnSharedStack
final class ImportOptionsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HEADER = "date_billed,account_name,payable,currency\r\n";

  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final Traces traces = Traces.in(RunningStack.SHARED.get());

  @Test
  void germanFileIsReadAsItIsMeant() {
    String csv =
        """
        Belegdatum;Lieferant;Betrag
        31.03.2064;Müller & Söhne;1234,50
        31.03.2064;"Süd; Nord";-20
        30.02.2064;Müller & Söhne;1,00
        31.03.2064;Größe;1.234,50
        """;
    String query =
        Gateway.query(
            "columns", "date_billed:Belegdatum,account_name:Lieferant,payable:Betrag",
            "currency", "EUR",
            "delimiter", ";",
            "charset", "windows-1252",
            "date_format", "dd.MM.yyyy",
            "decimal", ",");

    JsonNode result =
        gateway.awaitSuccess(
            gateway.importCsv(csv.getBytes(Charset.forName("windows-1252")), query), PATIENCE);

    assertThat(result.get("imported").asLong()).isEqualTo(2);
    List<RefusedRow> refused = gateway.refusedRows(result);
    assertThat(refused.stream().map(RefusedRow::fault))
        .containsExactly("4 Belegdatum bad-date", "5 Betrag bad-amount");
    assertThat(refused.get(0).cells()).containsExactly("30.02.2064", "Müller & Söhne", "1,00");
    assertThat(refused.get(1).cells()).containsExactly("31.03.2064", "Größe", "1.234,50");
    List<NamedCsvRecord> billings = gateway.billingsOf("2064-03-31");
    assertThat(billings.stream().map(row -> row.getField("account_name")))
        .containsExactly("Müller & Söhne", "Süd; Nord");
    assertThat(billings.stream().map(row -> row.getField("payable")))
        .containsExactly("1234.50", "-20.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tab", "\t", "|", "#"})
  void anySignMayStandBetweenCells(String delimiter) {
    String sign = delimiter.equals("tab") ? "\t" : delimiter;
    String vendor = "Delimited by " + delimiter.codePointAt(0);
    String csv = HEADER + "2064-04-01," + vendor + ",1.00,GBP\r\n";

    JsonNode result =
        gateway.awaitSuccess(
            gateway.importCsv(csv.replace(",", sign), Gateway.query("delimiter", delimiter)),
            PATIENCE);

    assertThat(result.get("imported").asLong()).isEqualTo(1);
    assertThat(gateway.billingsOf("2064-04-01").stream().map(row -> row.getField("account_name")))
        .contains(vendor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "utf-16le", "UTF-16BE", "iso-8859-15", "Shift_JIS", "utf-8"})
  void charsetThatIsNamedIsRead(String charset) {
    String vendor = (charset.equals("Shift_JIS") ? "請求 " : "Œuvre € ") + charset;
    String name = charset.startsWith("u") || charset.startsWith("U") ? vendor + " 🧾" : vendor;
    String csv = HEADER + "2064-05-01," + name + ",1.00,GBP\r\n";

    JsonNode result =
        gateway.awaitSuccess(
            gateway.importCsv(
                csv.getBytes(Charset.forName(charset)), Gateway.query("charset", charset)),
            PATIENCE);

    assertThat(result.get("imported").asLong()).isEqualTo(1);
    assertThat(gateway.billingsOf("2064-05-01").stream().map(row -> row.getField("account_name")))
        .contains(name);
  }

  @Test
  void bytesThatAreNotOfTheNamedCharsetFailTheImport() throws Exception {
    byte[] utf8 = (HEADER + "2064-05-02,Ünicode,1.00,GBP\r\n").getBytes(StandardCharsets.UTF_8);

    String id = gateway.importCsv(utf8, Gateway.query("charset", "us-ascii"));

    JsonNode error = gateway.awaitFailure(id, PATIENCE).get("error");
    assertThat(error.get("type").asString()).isEqualTo("urn:tallyman:problem:bad-encoding");
    assertThat(error.get("detail").asString()).contains("Line 2").containsIgnoringCase("us-ascii");
    traces.awaitNone(id);
  }

  @ParameterizedTest
  @CsvSource({
    "ISO, 2064-06-03",
    "yyyy-MM-dd, 2064-06-03",
    "dd/MM/yyyy, 03/06/2064",
    "d/M/yy, 3/6/64",
    "M/d/yyyy, 6/3/2064",
    "yyyyMMdd, 20640603",
    "d MMMM yyyy, 3 June 2064",
    "'MMM d, yyyy', 'Jun 3, 2064'",
  })
  void datesAreReadInTheFormThatIsNamed(String format, String date) {
    String vendor = "Dated " + format;
    String csv = HEADER + "\"" + date + "\",\"" + vendor + "\",1.00,GBP\r\n";

    JsonNode result =
        gateway.awaitSuccess(
            gateway.importCsv(csv, Gateway.query("date_format", format)), PATIENCE);

    assertThat(result.get("imported").asLong()).as("%s", gateway.refusedRows(result)).isEqualTo(1);
    assertThat(gateway.billingsOf("2064-06-03").stream().map(row -> row.getField("account_name")))
        .contains(vendor);
  }

  @Test
  void validationStoresNothingAndTellsWhatCommitThenDoes() throws Exception {
    String before = HEADER + "2064-07-01,Validated before,1.00,GBP\r\n";
    gateway.awaitSuccess(gateway.importCsv(before, ""), PATIENCE);
    String csv =
        before
            + "2064-07-01,Validated,2.00,GBP\r\n"
            + "2064-07-01,Validated,2.00,GBP\r\n"
            + "2064-07-01,Validated,x,GBP\r\n";

    String validation = gateway.importCsv(csv, "?mode=validate");
    JsonNode validated = gateway.awaitSuccess(validation, PATIENCE);

    assertThat(gateway.billingsOf("2064-07-01")).hasSize(1);
    traces.assertNothingApplied(validation);
    assertThat(gateway.refusedRows(validated).stream().map(RefusedRow::fault))
        .containsExactly("5 payable bad-amount");
    JsonNode committed = gateway.awaitSuccess(gateway.importCsv(csv, ""), PATIENCE);
    for (String count : List.of("rows", "imported", "refused", "duplicates", "vendors_created")) {
      assertThat(validated.get(count)).as(count).isEqualTo(committed.get(count));
    }
    assertThat(committed.get("imported").asLong()).isEqualTo(2);
    assertThat(committed.get("duplicates").asLong()).isEqualTo(1);
    assertThat(committed.get("vendors_created").asLong()).isEqualTo(1);
  }

  @Test
  void abortImportsNothingOfAFileWithARefusedRow() throws Exception {
    String csv = HEADER + "2064-08-01,Aborted,1.00,GBP\r\n2064-08-01,Aborted,x,GBP\r\n";

    String id = gateway.importCsv(csv, "?on_error=abort");

    JsonNode task = gateway.awaitFailure(id, PATIENCE);
    assertThat(task.at("/error/type").asString()).isEqualTo("urn:tallyman:problem:rows-refused");
    assertThat(task.at("/error/retryable").asBoolean()).isFalse();
    assertThat(task.get("attempt").asInt()).isEqualTo(1);
    traces.assertNothingApplied(id);
    JsonNode result = task.get("result");
    assertThat(result.get("rows").asLong()).isEqualTo(2);
    assertThat(result.get("imported").asLong()).isZero();
    assertThat(result.get("refused").asLong()).isEqualTo(1);
    assertThat(gateway.refusedRows(result).stream().map(RefusedRow::fault))
        .containsExactly("3 payable bad-amount");
    assertThat(task.at("/links/sheet").asString())
        .isEqualTo("/api/v1/sheets/" + result.get("error_sheet_id").asString());
  }

  @Test
  void abortImportsAFileWithoutRefusedRows() {
    String csv = HEADER + "2064-08-02,Not aborted,1.00,GBP\r\n";

    JsonNode result = gateway.awaitSuccess(gateway.importCsv(csv, "?on_error=abort"), PATIENCE);

    assertThat(result.get("imported").asLong()).isEqualTo(1);
  }
}
