package io.tallyman.billing.payables;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.Walk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PayablesControllerTest {
  private static final int VENDORS = 23;

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  /** Every vendor except the last bills in two currencies, in most months of 2020 to 2022. */
  @BeforeAll
  static void addBillings() {
    SERVICE.execute(
        "INSERT INTO vendor (account_name) SELECT 'Oak ' || n % 7 FROM generate_series(1, ?) n",
        VENDORS);
    SERVICE.execute(
        """
        INSERT INTO billing (vendor_id, date_billed, payable, currency, total_issues, ordinal)
        SELECT 1 + n % ?, date '2020-01-01' + n * 7 % 1096,
          CASE n / 3 % 2 WHEN 0 THEN round(n / 7.0 - 50, 2) ELSE n END,
          CASE n / 3 % 2 WHEN 0 THEN 'GBP' ELSE 'JPY' END, 1, n
        FROM generate_series(1, 3000) n
        """,
        VENDORS - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"year=2021", "year=2020&currency=GBP", "year=2020&currency=USD"})
  void answersHaveTheFiguresOfTheSheet(String query) {
    List<String[]> sheet = sheet(query);

    Answer year = SERVICE.get("/payables?" + query);
    assertThat(sums(year, "totals", "currency")).isEqualTo(totals(sheet));
    assertThat(sums(year, "months", "currency", "month")).isEqualTo(months(sheet, query));

    List<String> vendors = Walk.over(SERVICE, "/payables/vendors?limit=5&" + query, "payable");
    assertThat(vendors)
        .containsExactlyInAnyOrderElementsOf(sheet.stream().map(row -> row[15]).toList());
  }

  @Test
  void vendorIsToldWithTwelveMonths() {
    Answer page = SERVICE.get("/payables/vendors?year=2021&limit=1");

    assertThat(page.body()).startsWith("{\"data\":[{\"vendor_id\":1,\"account_name\":\"Oak 1\",");
    JsonNode vendor =
        Objects.requireNonNull(Objects.requireNonNull(page.json().get("data")).get(0));
    List<String> months = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode month : Objects.requireNonNull(vendor.get("months")).values()) {
      months.add(text(month, "month"));
      sum = sum.add(new BigDecimal(text(month, "payable")));
    }
    assertThat(months).hasSize(12).startsWith("2021-01", "2021-02").endsWith("2021-12");
    assertThat(text(vendor, "payable")).isEqualTo(sum.toPlainString());
  }

  @Test
  void walkSeesEveryVendorAndCurrencyOnceInTheOrderOfTheirIds() {
    List<String> ids = Walk.over(SERVICE, "/payables/vendors?year=2021&limit=3", "vendor_id");

    assertThat(ids.stream().map(Integer::valueOf))
        .isSorted()
        .containsExactlyElementsOf(
            IntStream.range(1, VENDORS).boxed().flatMap(id -> List.of(id, id).stream()).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "/payables, year",
    "/payables?year=0, ?year",
    "/payables?year=10000, ?year",
    "/payables?year=next, ?year",
    "/payables?year=2021&currency=gbp, ?currency",
    "/payables/vendors, year",
    "/payables/vendors?year=10000, ?year",
    "/payables/vendors?year=2021&currency=gbp, ?currency",
    "/payables/vendors?year=2021&limit=0, ?limit"
  })
  void questionThatIsNoneIsRefused(String path, String named) {
    Answer refused = SERVICE.get(path);

    assertThat(refused.status()).as(refused.body()).isBetween(400, 422);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.body()).contains(named);
  }

  @Test
  void cursorGoesOnWithItsOwnYearOnly() {
    String cursor = SERVICE.get("/payables/vendors?year=2021&limit=1").text("next_cursor");

    Answer refused = SERVICE.get("/payables/vendors?year=2022&limit=1&cursor=" + cursor);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("?cursor");
  }

  private static List<String[]> sheet(String query) {
    return SERVICE
        .get("/internal/payables/rows?" + query)
        .body()
        .lines()
        .map(row -> row.split(",", -1))
        .toList();
  }

  private static Map<String, BigDecimal> totals(List<String[]> sheet) {
    Map<String, BigDecimal> totals = new TreeMap<>();
    sheet.forEach(row -> totals.merge(row[2], new BigDecimal(row[15]), BigDecimal::add));
    return totals;
  }

  private static Map<String, BigDecimal> months(List<String[]> sheet, String query) {
    Map<String, BigDecimal> months = new TreeMap<>();
    for (String[] row : sheet) {
      for (int month = 1; month <= 12; month++) {
        String name = "%s %s-%02d".formatted(row[2], query.substring(5, 9), month);
        months.merge(name, new BigDecimal(row[2 + month]), BigDecimal::add);
      }
    }
    return months;
  }

  /** The sums of a list, by their identifying fields. */
  private static Map<String, BigDecimal> sums(Answer answer, String list, String... fields) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (JsonNode sum : Objects.requireNonNull(answer.json().get(list)).values()) {
      String of = String.join(" ", List.of(fields).stream().map(f -> text(sum, f)).toList());
      sums.put(of, new BigDecimal(text(sum, "payable")));
    }
    return sums;
  }

  private static String text(JsonNode node, String field) {
    return Objects.requireNonNull(node.get(field)).getStringValue();
  }
}
