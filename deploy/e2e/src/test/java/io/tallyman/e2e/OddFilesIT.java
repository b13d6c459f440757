package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files as other systems write them, from the file to the billings. */
@OnOneStack
@OnSharedStack
final class OddFilesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Gateway gateway = RunningStack.SHARED.gateway();

  @Test
  void linesOfAnInvoiceAllCountOnceAndOtherLinesAreListed() {
    String query =
        Gateway.query(
            "currency",
            "GBP",
            "columns",
            "date_billed:Invoice Date,account_name:Supplier,reference:Invoice No,payable:Net");
    String file =
        """
        Invoice Date,Supplier,Invoice No,Line,Net
        2031-08-05,Split Invoice Ltd,INV-7001,1,100.00
        2031-08-05,Split Invoice Ltd,INV-7001,2,40.00
        2031-08-05,Split Invoice Ltd,INV-7001,3,-10.00
        2031-08-05,Whole Invoice Ltd,INV-7002,1,9.00
        """;
    String changed = file.replace("40.00", "41.00");

    assertCounts(imported(file, query), 4, 0, 0);
    assertCounts(imported(file, query), 0, 0, 4);
    JsonNode differs = imported(changed, query);
    assertCounts(differs, 0, 1, 3);
    assertThat(gateway.refusedRows(differs).stream().map(RefusedRow::fault))
        .containsExactly("3 Invoice No reference-differs");
    assertCounts(imported(changed, query + "&on_reference=add"), 1, 0, 3);
  }

  @Test
  void identicalRowsCountAndOverlappingFilesDoNotDouble() {
    String query =
        Gateway.query(
            "currency", "GBP", "columns", "date_billed:Date,account_name:Supplier,payable:Amount");

    assertCounts(
        imported(
            """
            Date,Supplier,Amount
            2031-08-08,Tram Co,6.76
            2031-08-08,Tram Co,6.76
            2031-08-09,Tram Co,6.76
            """,
            query),
        3,
        0,
        0);
    assertCounts(
        imported(
            """
            Date,Supplier,Amount
            2031-08-09,Tram Co,6.76
            2031-08-09,Tram Co,6.76
            2031-08-10,Tram Co,6.76
            """,
            query),
        2,
        0,
        1);
  }

  @Test
  void sheetOfRefusedRowsOfAFileWithAColumnCodeCanBeCorrectedAndSentTwice() {
    String query =
        Gateway.query(
            "currency",
            "GBP",
            "columns",
            "date_billed:Date,account_name:Supplier,reference:code,payable:Amount");
    String file =
        """
        Date,Supplier,code,message,Amount
        2031-08-12,Clash Ltd,C-77,hello,12x
        2031-08-12,Clash Two Ltd,C-78,hi,5.00
        """;
    String id = gateway.importCsv(file, query + "&sheet_profile=excel&sheet_delimiter=%3B");
    JsonNode first = gateway.awaitSuccess(id, PATIENCE);
    assertCounts(first, 1, 1, 0);
    String sheet = gateway.sheet(first.get("error_sheet_id").asString());
    assertThat(sheet)
        .startsWith(
            "\ufeffline;column;code;message;Date;Supplier;code;message;Amount\r\n2;Amount;");

    String corrects = query + "&corrects=" + id;
    assertCounts(imported(sheet, corrects), 0, 1, 0);
    String corrected = sheet.replace(";12x", ";12.00");
    assertCounts(imported(corrected, corrects), 1, 0, 0);
    assertCounts(imported(corrected, corrects), 0, 0, 1);
  }

  @Test
  void namesThatDifferOnlyInTheSpacesAroundThemAreOneVendor() {
    String query =
        Gateway.query(
            "currency", "GBP", "columns", "date_billed:Date,account_name:Supplier,payable:Amount");

    JsonNode result =
        imported(
            """
            Date,Supplier,Amount
            2031-08-01,Green & Tidy Ltd,1.00
            2031-08-01,Green & Tidy Ltd                  ,2.00
            2031-08-01,GREEN & TIDY LTD,3.00
            2031-08-01, Green & Tidy Ltd,4.00
            2031-08-01,Green  & Tidy Ltd,5.00
            """,
            query);

    assertCounts(result, 5, 0, 0);
    assertThat(result.get("vendors_created").asLong()).isEqualTo(3);
  }

  @Test
  void inspectionProposesTheProfileOfAHeaderAndItsQueryImportsTheFile() {
    String file = "Zahltag;Firma Nord;Netto\n05/03/2031;Nordlicht GmbH;1.234,50\n";
    gateway.answer(
        gateway
            .request("/api/v1/import-profiles/nord")
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    """
                    {"options": {"columns": "date_billed:Zahltag,account_name:Firma Nord,payable:Netto",
                      "date_format": "dd/MM/yyyy", "currency": "EUR"},
                     "header": ["zahltag", "Firma Nord ", "Netto"]}
                    """)));

    JsonNode proposed = inspected("", file);
    assertThat(proposed.get("profiles").toString()).isEqualTo("[\"nord\"]");
    assertThat(proposed.get("questions").isEmpty()).isFalse();

    JsonNode known = inspected("?profile=nord", file);
    assertThat(known.get("questions").isEmpty()).as("%s", known).isTrue();
    JsonNode result = imported(file, "?" + known.get("query").asString());
    assertCounts(result, 1, 0, 0);
    assertThat(result.get("totals").toString()).contains("1234.50");
  }

  private JsonNode inspected(String query, String file) {
    return gateway
        .answer(
            gateway
                .request("/api/v1/imports/inspect" + query)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(file)))
        .body();
  }

  private JsonNode imported(String file, String query) {
    return gateway.awaitSuccess(gateway.importCsv(file, query), PATIENCE);
  }

  private static void assertCounts(JsonNode result, long imported, long refused, long duplicates) {
    assertThat(
            result.get("imported").asLong()
                + " "
                + result.get("refused").asLong()
                + " "
                + result.get("duplicates").asLong())
        .as("imported, refused and duplicates of %s", result)
        .isEqualTo(imported + " " + refused + " " + duplicates);
  }
}
