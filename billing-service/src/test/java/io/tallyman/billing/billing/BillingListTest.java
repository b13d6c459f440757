package io.tallyman.billing.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.Walk;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BillingListTest {
  private static final LocalDate FIRST = LocalDate.of(2022, 3, 1);

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @BeforeEach
  void addVendors() {
    SERVICE.forget();
    SERVICE.execute(
        "INSERT INTO vendor (account_name) SELECT 'Oak ' || n FROM generate_series(1, 4) n");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=2, 2 4 5 3 1",
    "limit=1&vendor_id=1, 5 1",
    "limit=1&from=2022-03-02, 2 4 5",
    "limit=1&to=2022-03-01, 3 1",
    "limit=1&from=2022-03-02&to=2022-03-02, 4 5",
    "limit=1&currency=JPY, 2 5",
    "limit=1&currency=JPY&vendor_id=1&from=0001-01-01&to=9999-12-31, 5",
    "limit=1&currency=USD, ''",
    "limit=1&vendor_id=4711, ''",
    "limit=1&from=2022-03-03&to=2022-03-01, ''"
  })
  void walkSeesWhatTheFilterChoosesTheLatestDateFirst(String query, String ids) {
    add(1, FIRST, "GBP");
    add(2, FIRST.plusDays(2), "JPY");
    add(3, FIRST, "EUR");
    add(3, FIRST.plusDays(1), "GBP");
    add(1, FIRST.plusDays(1), "JPY");

    assertThat(String.join(" ", Walk.over(SERVICE, "/billings?" + query, "id"))).isEqualTo(ids);
  }

  /** Others add billings before, at and after the position of the walk. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void walkSeesEveryEarlierRowOnceWhileOthersAddMore(long seed) {
    Random random = new Random(seed);
    add(random, 120);
    List<String> earlier = all();
    String filter = seed % 2 == 0 ? "&vendor_id=1" : "";
    List<String> expected = seed % 2 == 0 ? all("vendor_id = 1") : earlier;

    List<String> seen =
        Walk.over(
            SERVICE,
            "/billings?limit=" + random.nextInt(3, 30) + filter,
            "id",
            () -> add(random, random.nextInt(10)));

    assertThat(seen).doesNotHaveDuplicates().containsAll(expected);
    assertThat(seen.stream().filter(earlier::contains)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "vendor_id=Oak, ?vendor_id",
    "from=yesterday, ?from",
    "from=-4800-01-01, ?from",
    "to=%2B10000-01-01, ?to",
    "currency=gbp, ?currency",
    "currency=, ?currency",
    "limit=1000, ?limit",
    "cursor=1000, ?cursor"
  })
  void whatIsOutOfBoundsIsRefusedByItsName(String query, String pointer) {
    Answer refused = SERVICE.get("/billings?" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }

  @Test
  void cursorOfVendorsIsNoneOfBillings() {
    String cursor = SERVICE.get("/vendors?limit=1").text("next_cursor");

    assertThat(SERVICE.get("/billings?cursor=" + cursor).status()).isEqualTo(422);
  }

  private static void add(Random random, int count) {
    for (int i = 0; i < count; i++) {
      add(random.nextInt(1, 5), FIRST.plusDays(random.nextInt(6)), "GBP");
    }
  }

  private static void add(int vendor, LocalDate date, String currency) {
    SERVICE.execute(
        """
        INSERT INTO billing
          (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
        VALUES (?, ?, 1, ?, 1, NULL, (SELECT count(*) FROM billing))
        """,
        vendor,
        date,
        currency);
  }

  private static List<String> all() {
    return all("true");
  }

  private static List<String> all(String condition) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select(
                        "SELECT id FROM billing WHERE "
                            + condition
                            + " ORDER BY date_billed DESC, vendor_id DESC, id DESC")
                    .mapTo(String.class)
                    .list());
  }
}
