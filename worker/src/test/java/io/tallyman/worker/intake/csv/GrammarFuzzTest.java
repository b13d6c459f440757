package io.tallyman.worker.intake.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Compares the parsers of amounts and dates with second ones that are written in another way. */
final class GrammarFuzzTest {
  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  @Property
  void dateIsReadAsItWasWritten(@ForAll("patterns") String pattern, @ForAll("days") LocalDate day) {
    LocalDate date = pattern.contains("yyyy") ? day : day.withYear(2000 + day.getYear() % 70);
    String text = javas(pattern).format(date);
    assertThat(DateFormat.of(pattern).read(text)).isEqualTo(date);
  }

  @Property
  void textIsADateOnlyIfItIsOneForJava(
      @ForAll("patterns") String pattern, @ForAll("almostDates") String text) {
    assertThat(DateFormat.of(pattern).read(text)).isEqualTo(javasDate(pattern, text));
  }

  @Property
  void datesWithoutSeparatorsAreNeverReadAsOtherDates(@ForAll("days") LocalDate day) {
    DateFormat format = DateFormat.of("dMyyyy");
    String text = day.getDayOfMonth() + "" + day.getMonthValue() + "%04d".formatted(day.getYear());
    assertThat(format.read(text)).isIn(day, null);
  }

  @Property
  void amountIsReadAsJavaReadsIt(@ForAll("amounts") String text) {
    BigDecimal expected = javasAmount(text);
    assertThat(read(".", text)).isEqualTo(expected);
    assertThat(read(",", text.replace('.', ','))).isEqualTo(expected);
  }

  @Property
  void markOfTheOtherFormatIsNoDecimalMark(@ForAll int whole, @ForAll byte part) {
    assertThat(read(".", whole + "," + Math.abs(part))).isNull();
    assertThat(read(",", whole + "." + Math.abs(part))).isNull();
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of(
        "yyyy-MM-dd",
        "dd/MM/yyyy",
        "d.M.yy",
        "M/d/yyyy",
        "yyyyMMdd",
        "ddMMyy",
        "d MMM yyyy",
        "MMMM d, yyyy",
        "ddMMMyy");
  }

  @Provide
  Arbitrary<LocalDate> days() {
    return Arbitraries.longs()
        .between(FIRST.toEpochDay(), LAST.toEpochDay())
        .map(LocalDate::ofEpochDay);
  }

  /** Texts in the form of dates, of existing and of impossible days. */
  @Provide
  Arbitrary<String> almostDates() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(5);
    Arbitrary<String> month = Arbitraries.of("Feb", "february", "SEP", "Sept", "June", "2", "02");
    Arbitrary<String> mark = Arbitraries.of("-", "/", ".", " ", ", ", "");
    return Combinators.combine(digits, mark, Arbitraries.oneOf(digits, month), mark, digits)
        .as((one, first, two, second, three) -> one + first + two + second + three);
  }

  @Provide
  Arbitrary<String> amounts() {
    Arbitrary<String> free = Arbitraries.strings().withChars("0123456789.+-eE ").ofMaxLength(24);
    Arbitrary<String> near = Arbitraries.bigDecimals().ofScale(5).map(BigDecimal::toPlainString);
    Arbitrary<String> plain = Arbitraries.bigDecimals().ofScale(4).map(BigDecimal::toPlainString);
    return Arbitraries.oneOf(free, near, plain);
  }

  private static @Nullable BigDecimal read(String decimal, String text) {
    ImportParameters how = new ImportParameters(null, null, null, null, null, decimal);
    AmountFormat.Amount amount = AmountFormat.of(how).read(text);
    return amount == null ? null : amount.value();
  }

  private static @Nullable LocalDate javasDate(String pattern, String text) {
    try {
      LocalDate date = LocalDate.parse(text, javas(pattern));
      boolean isDoubtful = !pattern.contains("yyyy") && date.getYear() >= 2070;
      return isDoubtful || date.isBefore(FIRST) || date.isAfter(LAST) ? null : date;
    } catch (DateTimeException notDate) {
      return null;
    }
  }

  private static DateTimeFormatter javas(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern.replace('y', 'u'))
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static @Nullable BigDecimal javasAmount(String written) {
    String text = written.strip().replaceFirst("^([+-]) +", "$1");
    boolean isPlain = text.chars().allMatch(mark -> "0123456789.+-".indexOf(mark) >= 0);
    boolean isBare = text.startsWith(".") || text.endsWith(".") || text.matches("[+-]\\..*");
    if (!isPlain || isBare) {
      return null;
    }
    try {
      BigDecimal exact = new BigDecimal(text);
      BigDecimal amount = exact.scale() > 4 ? AmountFormat.shortest(exact) : exact;
      int whole = text.replaceAll("[+-]", "").split("\\.", -1)[0].length();
      return amount.scale() > 4 || exact.scale() > 12 || whole > 15 ? null : amount;
    } catch (NumberFormatException notAmount) {
      return null;
    }
  }
}
