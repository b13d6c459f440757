package io.tallyman.standalone.sample;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Invented billings of two years, similar to those of a council: a few vendors bill often, there
 * are few billings at weekends and many at the end of a month, and some rows are credit notes. They
 * are the same on every machine and every day.
 */
public final class SampleBillings {
  static final int ROWS = 30_000;
  public static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
  public static final LocalDate LAST_DAY = LocalDate.of(2025, 12, 31);

  private static final List<String> HEADER =
      List.of(
          "date_billed",
          "account_name",
          "account_number",
          "reference",
          "payable",
          "currency",
          "total_issues");
  private static final double CREDIT_NOTES = 0.035;

  private final Random random = new Random(1_834);
  private final List<SampleVendor> vendors = SampleVendor.all(random);
  private final double[] vendorWeights =
      cumulative(vendors.size(), rank -> 1 / StrictMath.pow(rank + 6.0, 1.05));
  private final List<LocalDate> days = FIRST_DAY.datesUntil(LAST_DAY.plusDays(1)).toList();

  /** Writes the file: CSV (RFC 4180) in UTF-8 with a header and the columns of a billing sheet. */
  static void writeTo(Path file) {
    new SampleBillings().write(file);
  }

  /** The vendors that bill, those with the most billings first. */
  static List<SampleVendor> vendors() {
    return new SampleBillings().vendors;
  }

  private void write(Path file) {
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(writer)) {
      csv.writeRecord(HEADER);
      LocalDate[] dates = dates();
      for (int row = 0; row < ROWS; row++) {
        csv.writeRecord(billing(row, dates[row]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sample billings cannot be written: " + e, e);
    }
  }

  private LocalDate[] dates() {
    double[] weights = cumulative(days.size(), day -> weight(days.get(day)));
    return IntStream.range(0, ROWS)
        .mapToObj(row -> days.get(pick(weights)))
        .sorted()
        .toArray(LocalDate[]::new);
  }

  private List<String> billing(int row, LocalDate date) {
    SampleVendor vendor = vendors.get(pick(vendorWeights));
    BigDecimal payable = payable(vendor);
    return List.of(
        date.toString(),
        vendor.name(),
        vendor.number(),
        vendor.givesReferences() ? reference(row, date, payable) : "",
        payable.toPlainString(),
        vendor.currency(),
        Integer.toString(vendor.manyIssues() ? 1 + random.nextInt(240) : 1));
  }

  private BigDecimal payable(SampleVendor vendor) {
    double amount = StrictMath.exp(vendor.usualAmount() + random.nextGaussian());
    boolean yen = vendor.currency().equals("JPY");
    BigDecimal payable =
        yen
            ? BigDecimal.valueOf(amount * 190).setScale(0, RoundingMode.HALF_UP)
            : BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
    if (random.nextInt(5) == 0) {
      payable = payable.setScale(yen ? 0 : -1, RoundingMode.UP).setScale(payable.scale());
    }
    return random.nextDouble() < CREDIT_NOTES ? payable.negate() : payable;
  }

  private static String reference(int row, LocalDate date, BigDecimal payable) {
    return "%s-%d-%06d".formatted(payable.signum() < 0 ? "CR" : "INV", date.getYear(), row + 1);
  }

  private static double weight(LocalDate date) {
    double weekday =
        switch (date.getDayOfWeek()) {
          case MONDAY, WEDNESDAY -> 1.0;
          case TUESDAY, THURSDAY -> 1.15;
          case FRIDAY -> 1.4;
          case SATURDAY -> 0.06;
          case SUNDAY -> 0.02;
        };
    int daysLeft = date.lengthOfMonth() - date.getDayOfMonth();
    double month = daysLeft == 0 ? 4.5 : daysLeft < 3 ? 2.2 : 1.0;
    return weekday * month * (date.getMonthValue() == 3 ? 1.3 : 1.0);
  }

  private static double[] cumulative(int size, IntToDoubleFunction weight) {
    double[] sums = IntStream.range(0, size).mapToDouble(weight).toArray();
    Arrays.parallelPrefix(sums, Double::sum);
    return sums;
  }

  private int pick(double[] cumulative) {
    double place = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, place);
    return found < 0 ? -found - 1 : found;
  }
}
