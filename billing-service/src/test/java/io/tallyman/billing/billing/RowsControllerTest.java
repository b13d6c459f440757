package io.tallyman.billing.billing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowsControllerTest {
  private static final int STREAMS = 2;
  private static final String SMALL = "/internal/billings/rows?from=2022-03-30&to=2022-03-31";

  /** More rows than fit into the buffers between the service and a client that does not read. */
  private static final String LARGE = "/internal/billings/rows?from=2001-01-01&to=2001-12-31";

  private static final int LARGE_ROWS = 120_000;

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(Map.of("tallyman.database.stream-connections", STREAMS));

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void addBillings() {
    SERVICE.execute(
        """
        INSERT INTO vendor (account_name, account_number)
        VALUES ('Willow Park', 'WP-1'), ('Oak, "the" tree', ''), (repeat('x', 200), NULL)
        """);
    SERVICE.execute(
        """
        INSERT INTO billing
          (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
        VALUES
          (2, '2022-03-31', -7.50, 'GBP', 1, NULL, 1), (1, '2022-03-31', 900, 'JPY', 3, 'R-1', 1),
          (1, '2022-03-31', 10.00, 'GBP', 1, NULL, 1), (2, '2022-03-30', 1.250, 'KWD', 1, '', 1),
          (1, '2022-03-29', 5.00, 'GBP', 1, NULL, 1), (1, '2022-04-01', 6.00, 'GBP', 1, NULL, 1)
        """);
    SERVICE.execute(
        """
        INSERT INTO billing
          (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)
        SELECT 3, date '2001-01-01' + number % 365, 1, 'GBP', 1, NULL, number
        FROM generate_series(1, ?) number
        """,
        LARGE_ROWS);
  }

  @Test
  void rowsAreOrderedByDateVendorAndIdAndAbsentIsNotEmpty() {
    Answer rows = SERVICE.get(SMALL);

    assertThat(rows.status()).isEqualTo(200);
    assertThat(rows.header("Content-Type")).startsWith("text/csv");
    assertThat(rows.header("X-Row-Count")).isEqualTo("4");
    assertThat(Instant.parse(rows.header("X-Snapshot-At")))
        .isCloseTo(Instant.now(), within(Duration.ofMinutes(5)));
    assertThat(rows.body())
        .isEqualTo(
            """
            2022-03-30,"Oak, ""the"" tree","","",1.250,KWD,1
            2022-03-31,Willow Park,WP-1,R-1,900,JPY,3
            2022-03-31,Willow Park,WP-1,,10.00,GBP,1
            2022-03-31,"Oak, ""the"" tree","",,-7.50,GBP,1
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "vendor_id=1,2",
    "vendor_id=2&currency=GBP,1",
    "currency=JPY,1",
    "currency=USD,0",
    "vendor_id=4711,0"
  })
  void filterChoosesRows(String filter, int count) {
    Answer rows = SERVICE.get(SMALL + "&" + filter);

    assertThat(rows.header("X-Row-Count")).isEqualTo("" + count);
    assertThat(rows.body().lines()).hasSize(count);
  }

  @Test
  void dayWithoutBillingsHasNoRows() {
    Answer rows = SERVICE.get("/internal/billings/rows?from=1999-01-01&to=1999-01-01");

    assertThat(rows.status()).isEqualTo(200);
    assertThat(rows.header("X-Row-Count")).isEqualTo("0");
    assertThat(rows.bytes()).isEmpty();
  }

  @Test
  void smallSheetsHaveTheRowsOfTheirStreams() {
    UUID some = UUID.randomUUID();
    UUID none = UUID.randomUUID();
    UUID many = UUID.randomUUID();
    UUID filtered = UUID.randomUUID();

    Map<UUID, JsonNode> inputs =
        SERVICE
            .bean(BillingSheet.class)
            .inputs(
                Map.of(
                    some, sheet("2022-03-30", "2022-03-31", null),
                    none, sheet("1999-01-01", "1999-01-01", null),
                    many, sheet("2001-01-01", "2001-12-31", null),
                    filtered, sheet("2022-03-30", "2022-03-31", "GBP")));

    assertThat(inputs).containsOnlyKeys(some, none);
    assertThat(cells(inputs.get(none))).isEmpty();
    assertThat(cells(inputs.get(some)))
        .containsExactly(
            Arrays.asList("2022-03-30", "Oak, \"the\" tree", "", "", "1.250", "KWD", "1"),
            Arrays.asList("2022-03-31", "Willow Park", "WP-1", "R-1", "900", "JPY", "3"),
            Arrays.asList("2022-03-31", "Willow Park", "WP-1", null, "10.00", "GBP", "1"),
            Arrays.asList("2022-03-31", "Oak, \"the\" tree", "", null, "-7.50", "GBP", "1"));
  }

  private static BillingSheet.Parameters sheet(String from, String to, @Nullable String currency) {
    return new BillingSheet.Parameters(
        null, LocalDate.parse(from), LocalDate.parse(to), null, currency, null);
  }

  private static List<List<@Nullable String>> cells(@Nullable JsonNode input) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (JsonNode row :
        Objects.requireNonNull(Objects.requireNonNull(input).get("rows")).values()) {
      List<@Nullable String> cells = new ArrayList<>();
      row.values().forEach(cell -> cells.add(cell.isNull() ? null : cell.getStringValue()));
      rows.add(cells);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"from=2022-03-31", "from=2022-03-31&to=yesterday", "to=2022-03-31"})
  void rangeThatIsNoneIsRefused(String query) {
    Answer refused = SERVICE.get("/internal/billings/rows?" + query);

    assertThat(refused.status()).isBetween(400, 422);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void readerThatGoesAwayGivesItsConnectionBack() throws Exception {
    for (int reader = 0; reader < 2 * STREAMS; reader++) {
      try (InputStream rows = open().body()) {
        assertThat(rows.read()).isPositive();
      }
    }

    try (InputStream rows = open().body()) {
      assertThat(new String(rows.readAllBytes(), UTF_8).lines().count()).isEqualTo(LARGE_ROWS);
    }
  }

  @Test
  void readerIsAskedToComeBackWhenAllStreamsAreInUse() throws Exception {
    List<InputStream> held = new ArrayList<>();
    for (int reader = 0; reader < STREAMS; reader++) {
      held.add(open().body());
    }

    Answer refused = SERVICE.get(SMALL);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.problem()).isEqualTo("streams-busy");
    assertThat(refused.header("Retry-After")).isEqualTo("2");
    for (InputStream rows : held) {
      rows.close();
    }
    await().untilAsserted(() -> assertThat(SERVICE.get(SMALL).status()).isEqualTo(200));
  }

  /** Begins to read many rows; waits until a stream is free. */
  private HttpResponse<InputStream> open() {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(this::tryToOpen, rows -> rows.statusCode() == 200);
  }

  private HttpResponse<InputStream> tryToOpen() throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(SERVICE.uri(LARGE))
            .header("Authorization", SERVICE.authorization(LARGE))
            .build(),
        BodyHandlers.ofInputStream());
  }
}
