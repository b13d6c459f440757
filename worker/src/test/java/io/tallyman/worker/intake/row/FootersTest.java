package io.tallyman.worker.intake.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FootersTest {
  private static final String HEADER = "date_billed,account_name,payable,note\n";
  private static final String GOOD = "2031-01-02,Total Gas & Power,1.00,\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",,147396361.90,",
        ",Total,12.00,",
        "Total:,,12.00,",
        ",,,xxx",
        "Printed on 3 May",
        "Grand Total,,x,",
      })
  void lastRowThatCannotBeABillingIsAFooter(String row) throws Exception {
    assertThat(kinds(GOOD + row + "\n")).containsExactly("Good 2", "Footer 3");
  }

  /** Somebody forgot the date or the vendor of a billing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ",Total Gas & Power,1.00,",
        ",Oak,1.00,",
        "2031-01-02,,1.00,",
        "2031-01-02,Oak,x,Total",
        "soon,Oak,,",
      })
  void lastRowThatMayBeABillingIsRefused(String row) throws Exception {
    assertThat(kinds(GOOD + row + "\n")).containsExactly("Good 2", "Refused 3");
  }

  /** The date of the import is not the row's own. */
  @ParameterizedTest
  @ValueSource(strings = {"Grand Total", " total: ", "Total g\u00e9n\u00e9ral", "SUMME"})
  void totalOfAFileWithOneDateIsAFooter(String total) throws Exception {
    String rows = "Oak,1.00\nTotal Gas & Power,2.00\nTotal,7.00\nElm,4.00\n" + total + ",14.00\n";

    assertThat(kinds("account_name,payable\n" + rows, "2031-01-31"))
        .containsExactly("Good 2", "Good 3", "Good 4", "Good 5", "Footer 6");
  }

  @Test
  void lastSupplierOfAFileWithOneDateIsNoFooter() throws Exception {
    assertThat(kinds("account_name,payable\nOak,1.00\nTotal Gas & Power,2.00\n", "2031-01-31"))
        .containsExactly("Good 2", "Good 3");
  }

  @Test
  void rowsWithDataBelowThemAreRefused() throws Exception {
    assertThat(kinds(",Total,1.00,\n,,,\n" + GOOD + ",Total,2.00,\n,,,\n,,,end\n"))
        .containsExactly("Empty 3", "Refused 2", "Good 4", "Empty 6", "Footer 5", "Footer 7");
  }

  @Test
  void onlyTwentyRowsAreHeldBack() throws Exception {
    List<String> kinds = kinds(GOOD + ",Total,1.00,\n".repeat(25));

    assertThat(kinds).hasSize(26);
    assertThat(kinds.subList(1, 6)).allMatch(kind -> kind.startsWith("Refused"));
    assertThat(kinds.subList(6, 26)).allMatch(kind -> kind.startsWith("Footer"));
  }

  private static List<String> kinds(String rows) throws IOException, InterruptedException {
    return kinds(HEADER + rows, null);
  }

  private static List<String> kinds(String csv, @Nullable String date)
      throws IOException, InterruptedException {
    List<String> kinds = new ArrayList<>();
    byte[] file = csv.getBytes(StandardCharsets.UTF_8);
    try (Upload upload = Upload.of(new ByteArrayInputStream(file), _ -> {})) {
      UploadReader.begin(
              upload,
              new ImportParameters(
                  null, "GBP", null, null, null, null, null, date, null, null, null, null, null,
                  null, null))
          .read(row -> kinds.add(row.getClass().getSimpleName() + " " + row.line()));
    }
    return kinds;
  }
}
