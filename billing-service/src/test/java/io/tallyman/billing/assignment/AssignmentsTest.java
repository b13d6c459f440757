package io.tallyman.billing.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AssignmentsTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeAll
  static void addBillings() {
    SERVICE.execute(
        """
        INSERT INTO vendor (account_name, account_number, manager_id)
        VALUES ('Willow Park', 'WP-1', 9), ('Nobody''s', NULL, NULL), ('Oak, Ltd', '', 5),
          ('Ash', NULL, 9)
        """);
    SERVICE.execute(
        """
        INSERT INTO billing
          (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
        VALUES
          (4, '2022-03-01', 1.00, 'GBP', 1, NULL, 1), (2, '2022-03-02', 2.00, 'GBP', 1, NULL, 1),
          (1, '2022-03-31', 900, 'JPY', 3, 'R-1', 1), (1, '2022-03-02', -7.50, 'GBP', 1, NULL, 1),
          (3, '2022-03-31', 4.00, 'GBP', 1, '', 1), (3, '2022-02-28', 5.00, 'GBP', 1, NULL, 1),
          (3, '2022-04-01', 6.00, 'GBP', 1, NULL, 1)
        """);
  }

  @Test
  void billingsOfAManagerStandTogetherAndThoseOfNobodyLast() {
    Answer rows = SERVICE.get("/internal/assignments/rows?from=2022-03-01&to=2022-03-31");

    assertThat(rows.status()).isEqualTo(200);
    assertThat(rows.header("Content-Type")).startsWith("text/csv");
    assertThat(rows.header("X-Row-Count")).isEqualTo("5");
    assertThat(rows.header("X-Snapshot-At")).isNotEmpty();
    assertThat(rows.body())
        .isEqualTo(
            """
            5,2022-03-31,"Oak, Ltd","","",4.00,GBP,1
            9,2022-03-02,Willow Park,WP-1,,-7.50,GBP,1
            9,2022-03-31,Willow Park,WP-1,R-1,900,JPY,3
            9,2022-03-01,Ash,,,1.00,GBP,1
            ,2022-03-02,Nobody's,,,2.00,GBP,1
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"from=2022-03-31", "from=2022-03-31&to=yesterday", "to=2022-03-31"})
  void rangeThatIsNoneIsRefused(String query) {
    Answer refused = SERVICE.get("/internal/assignments/rows?" + query);

    assertThat(refused.status()).isBetween(400, 422);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|/parameters/from",
        "{\"from\": \"2022-03-01\"}|/parameters/to",
        "{\"from\": \"2022-03-02\", \"to\": \"2022-03-01\"}|/parameters/to",
        "{\"from\": \"2022-03-02\", \"to\": \"+12022-03-01\"}|/parameters/to",
        "{\"from\": \"March\", \"to\": \"2022-03-01\"}|/parameters/from",
        "{\"from\": null, \"to\": null}|/parameters/from"
      })
  void parametersThatDoNotFitAreRefused(String parameters, String pointer) {
    Answer refused =
        SERVICE.post(
            "/tasks",
            "{\"task\": \"billing.assignments\", \"parameters\": %s}".formatted(parameters));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("invalid-parameters");
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }
}
