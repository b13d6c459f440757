package io.tallyman.billing.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChangedVendorTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void addOakAndAsh() {
    SERVICE.forget();
    SERVICE.execute(
        """
        INSERT INTO vendor (account_name, account_number, currency, manager_id)
        VALUES ('Oak', 'O-1', 'GBP', 3), ('Ash', 'A-1', NULL, NULL)
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | Oak O-1 GBP 3",
        "{'account_name': 'Elm'} | Elm O-1 GBP 3",
        "{'account_number': null} | Oak null GBP 3",
        "{'currency': null, 'manager_id': null} | Oak O-1 null null",
        "{'account_number': 'O-1', 'currency': 'EUR', 'manager_id': 4} | Oak O-1 EUR 4",
      },
      quoteCharacter = '"')
  void whatIsGivenIsChangedNullClearsAndTheRestStays(String patch, String after) {
    Answer changed = patch(patch);

    assertThat(changed.status()).isEqualTo(200);
    assertThat(
            "%s %s %s %s"
                .formatted(
                    changed.text("account_name"),
                    changed.text("account_number"),
                    changed.text("currency"),
                    changed.text("manager_id")))
        .isEqualTo(after);
    assertThat(SERVICE.get("/vendors/1").body()).isEqualTo(changed.body());
    assertThat(SERVICE.get("/vendors/2").text("account_name")).isEqualTo("Ash");
  }

  @Test
  void accountNumberOfAnotherVendorIsRefused() {
    Answer refused = patch("{'account_name': 'Elm', 'account_number': 'A-1'}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("account-number-taken");
    assertThat(SERVICE.get("/vendors/1").text("account_name")).isEqualTo("Oak");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'account_name': null} | account_name",
        "{'account_name': ' '} | account_name",
        "{'account_number': ''} | account_number",
        "{'account_number': ' '} | account_number",
        "{'account_number': 'a\\u0000b'} | account_number",
        "{'currency': 'XXX'} | currency",
        "{'manager_id': 'Ada'} | manager_id",
      },
      quoteCharacter = '"')
  void valueThatAVendorMayNotHaveIsRefusedByItsName(String patch, String name) {
    Answer refused = patch(patch);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/" + name + "\"");
  }

  @Test
  void unknownVendorIsNotFound() {
    Answer refused = SERVICE.patch("/vendors/4711", "{\"currency\": \"GBP\"}");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.problem()).isEqualTo("unknown-vendor");
  }

  private static Answer patch(String patch) {
    return SERVICE.patch("/vendors/1", patch.replace('\'', '"'));
  }
}
