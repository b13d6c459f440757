package io.tallyman.billing.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.download.RequestedRange.Beyond;
import io.tallyman.billing.download.RequestedRange.Part;
import io.tallyman.billing.download.RequestedRange.Whole;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * Compares the parser of {@code Range} with a second one, written here by RFC 9110, section 14: it
 * reads character by character and has unbounded numbers. Each try has a hundred headers, so a
 * million need {@code -Djqwik.tries.default=10000}.
 */
final class RequestedRangeFuzzTest {
  private static final BigInteger NONE = BigInteger.ONE.negate();

  @Property
  void rangeIsTheOneOfTheRfc(
      @ForAll @Size(100) List<@From("ranges") String> headers,
      @ForAll @LongRange(min = 0, max = 60) long length) {
    assertThat(headers)
        .allSatisfy(
            header ->
                assertThat(RequestedRange.of(List.of(header), length))
                    .isEqualTo(expected(header, length)));
  }

  @Property
  void anythingElseIsReadWithoutFailing(
      @ForAll List<String> headers, @ForAll @LongRange(min = 0) long length) {
    RequestedRange range = RequestedRange.of(headers, length);

    if (range instanceof Part(long first, long last)) {
      assertThat(first).isBetween(0L, last);
      assertThat(last).isLessThan(length);
    }
  }

  private static RequestedRange expected(String header, long length) {
    int unit = header.indexOf('=');
    if (unit < 0 || !header.substring(0, unit).toLowerCase(Locale.ROOT).equals("bytes")) {
      return new Whole();
    }
    List<String> ranges =
        List.of(header.substring(unit + 1).split(",", -1)).stream()
            .map(String::strip)
            .filter(range -> !range.isEmpty())
            .toList();
    if (ranges.size() != 1) {
      return new Whole();
    }
    String range = ranges.getFirst();
    int dash = range.indexOf('-');
    if (dash < 0 || !isNumber(range.substring(0, dash)) || !isNumber(range.substring(dash + 1))) {
      return new Whole();
    }
    BigInteger from = number(range.substring(0, dash));
    BigInteger to = number(range.substring(dash + 1));
    BigInteger size = BigInteger.valueOf(length);
    if (from.equals(NONE) && to.equals(NONE)) {
      return new Whole();
    }
    if (from.equals(NONE)) {
      return part(size.subtract(to).max(BigInteger.ZERO), size);
    }
    if (!to.equals(NONE) && to.compareTo(from) < 0) {
      return new Whole();
    }
    return part(from, to.equals(NONE) ? size : to.add(BigInteger.ONE).min(size), size);
  }

  private static RequestedRange part(BigInteger from, BigInteger size) {
    return part(from, size, size);
  }

  private static RequestedRange part(BigInteger from, BigInteger end, BigInteger size) {
    return from.compareTo(size) < 0
        ? new Part(from.longValueExact(), end.longValueExact() - 1)
        : new Beyond();
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(each -> each >= '0' && each <= '9');
  }

  private static BigInteger number(String text) {
    return text.isEmpty() ? NONE : new BigInteger(text);
  }

  @Provide
  Arbitrary<String> ranges() {
    Arbitrary<String> numbers =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 70).map(String::valueOf),
            Arbitraries.of(
                "",
                "0",
                "00",
                "007",
                "9223372036854775807",
                "9223372036854775808",
                "999999999999999999",
                "1000000000000000000",
                "99999999999999999999999",
                "-1",
                "+1",
                " 1",
                "1 ",
                "x",
                "\u0661"));
    Arbitrary<String> one =
        Combinators.combine(numbers, Arbitraries.of("-", "-", "-", "-", "", "--", " - "), numbers)
            .as((from, dash, to) -> from + dash + to);
    return Combinators.combine(
            Arbitraries.of(
                "bytes=", "bytes=", "bytes=", "Bytes=", "BYTES=", "bytes", "bytes =", "b="),
            Arbitraries.oneOf(one, one, one, Arbitraries.of("", ",", " "))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3),
            Arbitraries.of(",", ", ", " ,\t,", ";"))
        .as((unit, ranges, comma) -> unit + String.join(comma, ranges));
  }
}
