package io.tallyman.worker.intake.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.worker.task.BadInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private static final Map<String, String> COLUMNS =
      Map.of("account_name", "Beneficiary", "date_billed", "Date", "payable", "Amount");

  @Test
  void findsOurOwnNamesAndIgnoresTheRest() {
    Layout layout =
        Layout.of(List.of("payable", "x", "date_billed", "x", "account_number"), null, false);

    List<String> cells = List.of("1.00", "?", "2022-03-31", "!", "A-1");
    assertThat(layout.cell(Field.PAYABLE, cells)).isEqualTo("1.00");
    assertThat(layout.cell(Field.ACCOUNT_NUMBER, cells)).isEqualTo("A-1");
    assertThat(layout.cell(Field.CURRENCY, cells)).isEmpty();
  }

  @Test
  void findsMappedNamesAndReadsNoOthers() {
    Layout layout = Layout.of(List.of("Date", "currency", "Amount", "Beneficiary"), COLUMNS, false);

    List<String> cells = List.of("2022-03-31", "EUR", "1.00", "Acme");
    assertThat(layout.cell(Field.ACCOUNT_NAME, cells)).isEqualTo("Acme");
    assertThat(layout.cell(Field.CURRENCY, cells)).isEmpty();
    assertThat(layout.column(Field.PAYABLE)).isEqualTo("Amount");
  }

  @Test
  void namesWhatIsMissingAndWhatWasFound() {
    assertMismatch(
        List.of("Date", "Sum"),
        COLUMNS,
        "account_name (Beneficiary) is missing; payable (Amount) is missing;"
            + " the header is: Date, Sum");
    assertMismatch(
        List.of("date_billed", "Amount"),
        null,
        "payable is missing; account_name or account_number is missing;"
            + " the header is: date_billed, Amount");
  }

  @Test
  void neededColumnMustNotBeThereTwice() {
    assertMismatch(
        List.of("Date", "Amount", "Beneficiary", "Amount"),
        COLUMNS,
        "payable (Amount) occurs more than once (give its place, such as #2);"
            + " the header is: Date, Amount, Beneficiary, Amount");
  }

  private static void assertMismatch(
      List<String> header, @Nullable Map<String, String> columns, String detail) {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> Layout.of(header, columns, false))
        .withMessage(detail);
  }
}
