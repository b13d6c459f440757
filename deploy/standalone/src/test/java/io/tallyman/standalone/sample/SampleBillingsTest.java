package io.tallyman.standalone.sample;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleBillingsTest {
  @TempDir private static Path directory;
  private static List<NamedCsvRecord> billings;

  @BeforeAll
  static void generate() throws IOException {
    Path file = directory.resolve("billings.csv");
    SampleBillings.writeTo(file);
    try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
      billings = records.stream().toList();
    }
  }

  @Test
  void areTheSameEveryTime() {
    Path again = directory.resolve("again.csv");

    SampleBillings.writeTo(again);

    assertThat(again).hasSameBinaryContentAs(directory.resolve("billings.csv"));
    assertThat(again)
        .hasDigest("SHA-256", "5ca0035c528443fac9cdd8611c4b19e018250de82aa1568d6bcbfc61b362f193");
  }

  @Test
  void haveTheColumnsAndLineEndsOfASheet() throws IOException {
    assertThat(Files.readString(directory.resolve("billings.csv")))
        .startsWith(
            "date_billed,account_name,account_number,reference,payable,currency,total_issues\r\n");
    assertThat(billings).hasSize(SampleBillings.ROWS);
  }

  @Test
  void areBilledMostlyOnWeekdaysAndAtTheEndOfAMonth() {
    List<LocalDate> days = billings.stream().map(SampleBillingsTest::day).toList();

    assertThat(days)
        .allMatch(day -> !day.isBefore(SampleBillings.FIRST_DAY))
        .allMatch(day -> !day.isAfter(SampleBillings.LAST_DAY));
    assertThat(count(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY) * 20)
        .isLessThan(count(day -> day.getDayOfWeek() == DayOfWeek.FRIDAY));
    assertThat(count(LocalDate.of(2025, 3, 31)::equals))
        .isGreaterThan(3 * count(LocalDate.of(2025, 3, 11)::equals));
  }

  @Test
  void haveCreditNotesAndExactAmounts() {
    long credits = billings.stream().filter(row -> amount(row).signum() < 0).count();

    assertThat(credits).isBetween(SampleBillings.ROWS / 50L, SampleBillings.ROWS / 20L);
    assertThat(billings)
        .allSatisfy(
            row -> {
              int decimals = row.getField("currency").equals("JPY") ? 0 : 2;
              assertThat(amount(row).scale()).isEqualTo(decimals);
              assertThat(amount(row).signum()).isNotZero();
            });
  }

  @Test
  void areInAFewCurrenciesMostlyPounds() {
    Map<String, Long> byCurrency =
        billings.stream()
            .collect(Collectors.groupingBy(row -> row.getField("currency"), Collectors.counting()));

    assertThat(byCurrency).containsOnlyKeys("GBP", "EUR", "USD", "JPY");
    assertThat(byCurrency.get("GBP")).isGreaterThan(SampleBillings.ROWS * 9L / 10);
  }

  @Test
  void nameAVendorAlwaysTheSameWayAndNoReferenceTwice() {
    Map<String, List<String>> numbersByName =
        billings.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getField("account_name"),
                    Collectors.mapping(
                        row -> row.getField("account_number"),
                        Collectors.collectingAndThen(Collectors.toSet(), List::copyOf))));

    assertThat(numbersByName).allSatisfy((name, numbers) -> assertThat(numbers).hasSize(1));
    assertThat(numbersByName.keySet())
        .anyMatch(name -> name.contains("\""))
        .anyMatch(name -> name.contains(","))
        .anyMatch(name -> name.contains("ë"));
    assertThat(references()).doesNotHaveDuplicates().isNotEmpty();
  }

  private static Stream<String> references() {
    return billings.stream().map(row -> row.getField("reference")).filter(text -> !text.isEmpty());
  }

  private static BigDecimal amount(NamedCsvRecord row) {
    return new BigDecimal(row.getField("payable"));
  }

  private static LocalDate day(NamedCsvRecord row) {
    return LocalDate.parse(row.getField("date_billed"));
  }

  private static long count(Predicate<LocalDate> days) {
    return billings.stream().map(SampleBillingsTest::day).filter(days).count();
  }
}
