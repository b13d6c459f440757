package io.tallyman.worker.intake.row;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tallyman.worker.intake.csv.ImportParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowReaderTest {
  private static final List<String> HEADER =
      List.of(
          "account_name",
          "account_number",
          "reference",
          "date_billed",
          "payable",
          "currency",
          "total_issues");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Acme,A-1,R-1,2022-03-31,1.50,GBP,3        | 1,Acme,A-1,R-1,2022-03-31,1.50,GBP,3
          Acme,,,2022-03-31,1.5,,                   | 1,Acme,,,2022-03-31,1.50,EUR,1
          Acme,,,2022-03-31,7,JPY,0                 | 1,Acme,,,2022-03-31,7,JPY,0
          Acme,,,2022-03-31,1500.00,JPY,            | 1,Acme,,,2022-03-31,1500,JPY,1
          Acme,,,2022-03-31T23:59:59Z,1234.5000,,,, | 1,Acme,,,2022-03-31,1234.50,EUR,1
          Acme,,,2022-03-31,7,BHD,                  | 1,Acme,,,2022-03-31,7.000,BHD,1
          Acme,,,2022-03-31,+1.00,,                 | 1,Acme,,,2022-03-31,1.00,EUR,1
          Acme,,,2022-03-31, -1.25 ,,               | 1,Acme,,,2022-03-31,-1.25,EUR,1
          Acme,,,2022-03-31,-0,,                    | 1,Acme,,,2022-03-31,0.00,EUR,1
          Acme,,,2022-03-31,123456789012345.67,,    | 1,Acme,,,2022-03-31,123456789012345.67,EUR,1
          Acme,,,2022-03-31,007,,                   | 1,Acme,,,2022-03-31,7.00,EUR,1
          Acme,,, 2024-02-29 ,1, GBP , 2147483647   | 1,Acme,,,2024-02-29,1.00,GBP,2147483647
          Acme,,,0001-01-01,1,,                     | 1,Acme,,,0001-01-01,1.00,EUR,1
          Acme,,,9999-12-31,1,,                     | 1,Acme,,,9999-12-31,1.00,EUR,1
          ,A-1,,2022-03-31,1,,                      | 1,,A-1,,2022-03-31,1.00,EUR,1
          '=Acme,,,2022-03-31,1,,                 | 1,=Acme,,,2022-03-31,1.00,EUR,1
          ''=Acme,,'-R,2022-03-31,1,,           | 1,'=Acme,,-R,2022-03-31,1.00,EUR,1
          'Acme,,,2022-03-31,1,,                  | 1,'Acme,,,2022-03-31,1.00,EUR,1
          """)
  void readsBillings(String row, String staged) {
    assertThat(String.join(",", cells(read(row, "EUR")))).isEqualTo(staged);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ,,,2022-03-31,1,,                    | account_name   | missing-vendor
          "  ",,,2022-03-31,1,,                | account_name   | missing-vendor
          A,,,,1,,                             | date_billed    | missing-date
          A,,,31/03/2022,1,,                   | date_billed    | bad-date
          A,,,2022-02-30,1,,                   | date_billed    | bad-date
          A,,,2022-3-31,1,,                    | date_billed    | bad-date
          A,,,0000-01-01,1,,                   | date_billed    | bad-date
          A,,,+12022-03-31,1,,                 | date_billed    | bad-date
          A,,,2022-03-31,,,                    | payable        | missing-amount
          A,,,2022-03-31," ",,                 | payable        | missing-amount
          A,,,2022-03-31,1.234,,               | payable        | bad-amount
          A,,,2022-03-31,1.5,JPY,              | payable        | bad-amount
          A,,,2022-03-31,1.,,                  | payable        | bad-amount
          A,,,2022-03-31,.5,,                  | payable        | bad-amount
          A,,,2022-03-31,"1,000.00",,        | payable        | bad-amount
          A,,,2022-03-31,1e3,,                 | payable        | bad-amount
          A,,,2022-03-31,£5,,                  | payable        | bad-amount
          A,,,2022-03-31,1234567890123456,,    | payable        | bad-amount
          A,,,2022-03-31,١,,                   | payable        | bad-amount
          A,,,2022-03-31,--1,,                 | payable        | bad-amount
          A,,,2022-03-31,1,gbp,                | currency       | bad-currency
          A,,,2022-03-31,1,XYZ,                | currency       | bad-currency
          A,,,2022-03-31,1,XAU,                | currency       | bad-currency
          A,,,2022-03-31,1,,-1                 | total_issues   | bad-issues
          A,,,2022-03-31,1,,1.0                | total_issues   | bad-issues
          A,,,2022-03-31,1,,2147483648         | total_issues   | bad-issues
          A,,,2022-03-31,1,                    |                | too-few-cells
          A,,,2022-03-31,1,,,x                 |                | too-many-cells
          """)
  void refusesWhatIsNoBilling(String row, @Nullable String column, String code) {
    assertThat(read(row, "EUR"))
        .isInstanceOfSatisfying(
            Row.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.column()).isEqualTo(column);
              assertThat(refused.message()).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {",,,,,,", ",,", "  ,\u00a0,\ufeff", "\u001a"})
  void rowWithoutContentIsEmptyAndNoFault(String row) {
    assertThat(read(row, "EUR")).isInstanceOf(Row.Empty.class);
  }

  /** billing-service looks for a vendor with exactly this name first. */
  @Test
  void nameIsStagedAsItIsInTheFile() {
    assertThat(cells(read("\"  Acme \",,,2022-03-31,1,,", "EUR")).get(1)).isEqualTo("  Acme ");
  }

  @Test
  void onlyTheStoredPartOfANameIsLimited() {
    String longest = " ".repeat(20) + "x".repeat(200) + "\u00a0";
    assertThat(cells(read(longest + ",,,2022-03-31,1,,", "EUR")).get(1)).isEqualTo(longest);
    // In NFC, this letter is two characters.
    assertCode(read("\u0958".repeat(101) + ",,,2022-03-31,1,,", "EUR"), "bad-vendor");
    assertCode(read("\u00a0\u200b,,,2022-03-31,1,,", "EUR"), "missing-vendor");
  }

  @Test
  void textHasAtMost200CharactersHoweverTheyAreEncoded() {
    String longest = "𝄞".repeat(200);
    assertThat(cells(read(longest + ",,,2022-03-31,1,,", "EUR")).get(1)).isEqualTo(longest);
    assertCode(read(longest + "x,,,2022-03-31,1,,", "EUR"), "bad-vendor");
    assertCode(read("A," + "x".repeat(201) + ",,2022-03-31,1,,", "EUR"), "bad-account-number");
    assertCode(read("A,," + "x".repeat(201) + ",2022-03-31,1,,", "EUR"), "bad-reference");
  }

  @Test
  void nulCannotBeStored() {
    assertCode(read("A\0B,,,2022-03-31,1,,", "EUR"), "bad-vendor");
  }

  @Test
  void rowWithoutCurrencyIsLeftToItsVendorWithTheDecimalsThatItHas() {
    assertThat(cells(read("A,,,2022-03-31,+01.5,,", null)).subList(5, 7))
        .containsExactly("1.5", "");
    assertThat(cells(read("A,,,2022-03-31,1.0000,,", null)).subList(5, 7)).containsExactly("1", "");
    assertThat(cells(read("A,,,2022-03-31,1.5,GBP,", null)).subList(5, 7))
        .containsExactly("1.50", "GBP");
    assertCode(read("A,,,2022-03-31,1.00001,,", null), "bad-amount");
  }

  @Test
  void refusedRowKnowsItsLineAndItsCells() {
    CsvRecord row = records("first,\"two\nlines\"\nA,,,yesterday,1,,").getLast();
    assertThat(new RowReader(Layout.of(HEADER, null, false), parameters("EUR")).read(row))
        .isEqualTo(
            new Row.Refused(
                3,
                "date_billed",
                "bad-date",
                "\"yesterday\" is not a date of the form 2022-03-31",
                List.of("A", "", "", "yesterday", "1", "", "")));
  }

  private static Row read(String row, @Nullable String currency) {
    return new RowReader(Layout.of(HEADER, null, false), parameters(currency))
        .read(records(row).getFirst());
  }

  private static ImportParameters parameters(@Nullable String currency) {
    return new ImportParameters(null, currency, null, null, null, null);
  }

  private static List<CsvRecord> records(String csv) {
    return CsvReader.builder()
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(csv)
        .stream()
        .toList();
  }

  private static List<String> cells(Row row) {
    assertThat(row).isInstanceOf(Row.Good.class);
    return ((Row.Good) row).staged().stream().map(cell -> cell == null ? "" : cell).toList();
  }

  private static void assertCode(Row row, String code) {
    assertThat(row)
        .isInstanceOfSatisfying(
            Row.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
