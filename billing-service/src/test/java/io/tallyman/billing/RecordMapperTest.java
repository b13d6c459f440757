package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.kit.database.RecordMapper;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mapper remembers of one statement's columns does not reach a statement with others. */
final class RecordMapperTest {
  record Bill(LocalDate dateBilled, @Nullable String reference, int issues) {}

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final Jdbi jdbi = SERVICE.jdbi();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DATE '2031-03-01' AS date_billed, 'R7' AS reference, 3 AS issues",
        "SELECT 3 AS issues, 'R7' AS reference, DATE '2031-03-01' AS date_billed",
        "SELECT 'R7'::varchar AS reference, DATE '2031-03-01' AS date_billed, 9 AS more, 3::bigint"
            + " AS issues"
      })
  void columnsMayComeInAnyOrder(String sql) {
    Bill expected = new Bill(LocalDate.parse("2031-03-01"), "R7", 3);

    assertThat(bills(sql)).containsExactly(expected);
    assertThat(bills(sql)).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'R7'", "NULL"})
  void valuesAreOfTheirOwnRow(String reference) {
    String sql =
        """
        SELECT date_billed, reference, issues
        FROM (VALUES (DATE '2031-03-01', 'R1', 1), (DATE '2031-03-02', %s, 2))
          AS bill (date_billed, reference, issues)
        """
            .formatted(reference);

    assertThat(bills(sql))
        .containsExactly(
            new Bill(LocalDate.parse("2031-03-01"), "R1", 1),
            new Bill(LocalDate.parse("2031-03-02"), reference.equals("NULL") ? null : "R7", 2));
  }

  private List<Bill> bills(String sql) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).map(RecordMapper.of(Bill.class)).list());
  }
}
