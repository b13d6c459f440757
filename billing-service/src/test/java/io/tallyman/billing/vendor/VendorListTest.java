package io.tallyman.billing.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.Walk;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VendorListTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void addVendors() {
    SERVICE.forget();
    SERVICE.execute(
        """
        INSERT INTO vendor (account_name, manager_id)
        VALUES ('Oak', 3), ('Ash', NULL), ('Oak', NULL), ('Yew', 3), ('oak', 4)
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=2, 1 2 3 4 5",
    "limit=1&account_name=Oak, 1 3",
    "limit=1&manager_id=3, 1 4",
    "limit=1&account_name=Oak&manager_id=3, 1",
    "limit=1&account_name=Elm, ''",
    "limit=1&account_name=, ''"
  })
  void walkSeesWhatTheFilterChoosesInTheOrderOfTheIds(String query, String ids) {
    assertThat(String.join(" ", Walk.over(SERVICE, "/vendors?" + query, "id"))).isEqualTo(ids);
  }

  @Test
  void rowsAreThoseThatAreShownOneByOne() {
    String shown = SERVICE.get("/vendors/5").body();

    assertThat(SERVICE.get("/vendors?account_name=oak").body())
        .isEqualTo("{\"data\":[" + shown + "],\"next_cursor\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, ?limit",
    "limit=201, ?limit",
    "cursor=abc, ?cursor",
    "manager_id=Ada, ?manager_id",
    "account_name=a%00b, ?account_name"
  })
  void whatIsOutOfBoundsIsRefusedByItsName(String query, String pointer) {
    Answer refused = SERVICE.get("/vendors?" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }

  @Test
  void cursorHoldsForItsFilterOnly() {
    String cursor = SERVICE.get("/vendors?limit=1&account_name=Oak").text("next_cursor");

    assertThat(Walk.over(SERVICE, "/vendors?account_name=Oak&cursor=" + cursor, "id"))
        .isEqualTo(List.of("3"));
    for (String other : List.of("account_name=Ash", "manager_id=3", "limit=1")) {
      Answer refused = SERVICE.get("/vendors?" + other + "&cursor=" + cursor);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body()).contains("\"pointer\":\"?cursor\"");
    }
  }
}
