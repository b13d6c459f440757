package io.tallyman.billing.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VendorControllerTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void addedVendorIsFoundByTheLocationOfTheAnswer() {
    Answer added =
        add(
            """
            {"account_name": "Oak", "account_number": "O-1", "currency": "GBP", "manager_id": 3}
            """);

    assertThat(added.status()).isEqualTo(201);
    Answer shown = SERVICE.get(added.header("Location"));
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).isEqualTo(added.body());
    assertThat(shown.text("account_number")).isEqualTo("O-1");
    assertThat(shown.text("manager_id")).isEqualTo("3");
  }

  @Test
  void nameAloneMakesAVendorAndNeedNotBeUnique() {
    Answer first = add("{\"account_name\": \"Oak\"}");
    Answer second = add("{\"account_name\": \"Oak\"}");

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text("id")).isNotEqualTo(first.text("id"));
    assertThat(second.text("account_number")).isEqualTo("null");
  }

  @Test
  void accountNumberIsOneVendorsOnly() {
    add("{\"account_name\": \"Oak\", \"account_number\": \"O-1\"}");

    Answer refused = add("{\"account_name\": \"Ash\", \"account_number\": \"O-1\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("account-number-taken");
    assertThat(SERVICE.count("vendor")).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "account_name,' '",
    "account_name,\u2003",
    "account_name,a\\u0000b",
    "account_number,''",
    "account_number,' '",
    "account_number,a\\u0000b",
    "currency,gbp",
    "currency,XXX"
  })
  void invalidFieldIsRefusedByItsName(String name, String value) {
    String others = name.equals("account_name") ? "" : "\"account_name\": \"Oak\", ";

    Answer refused = add("{" + others + "\"" + name + "\": \"" + value + "\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/" + name + "\"");
    assertThat(SERVICE.count("vendor")).isZero();
  }

  /**
   * The limits are those of an imported file. A character outside the basic plane counts as one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"account_name", "account_number"})
  void nameAndNumberHaveTwoHundredCharactersAtMost(String name) {
    String vendor = "{'account_name': 'Oak', 'account_number': 'O'}".replace('\'', '"');
    String value = name.equals("account_name") ? "Oak" : "O";

    String longest = vendor.replace('"' + value + '"', '"' + "😀".repeat(200) + '"');
    String tooLong = vendor.replace('"' + value + '"', '"' + "a".repeat(201) + '"');

    assertThat(add(longest).status()).isEqualTo(201);
    Answer refused = add(tooLong);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"/" + name + "\"");
  }

  @Test
  void unknownVendorIsNotFound() {
    Answer refused = SERVICE.get("/vendors/4711");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.problem()).isEqualTo("unknown-vendor");
  }

  private static Answer add(String vendor) {
    return SERVICE.post("/vendors", vendor);
  }
}
