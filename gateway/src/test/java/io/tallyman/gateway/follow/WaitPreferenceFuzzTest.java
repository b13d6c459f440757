package io.tallyman.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/**
 * Generates {@code Prefer} headers in all forms that RFC 7240, section 2, allows. Each try has a
 * hundred headers, so {@code -Djqwik.tries.default=10000} tries a million.
 */
final class WaitPreferenceFuzzTest {
  private static final BigInteger MOST = BigInteger.valueOf(30);

  /**
   * @param value the value without quotes; empty if there is none
   * @param text the complete text
   */
  record Preference(String name, String value, String text) {
    boolean isWait() {
      return name.equalsIgnoreCase("wait");
    }

    Optional<WaitPreference> wanted() {
      boolean isNumber =
          !value.isEmpty() && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
      return isNumber
          ? Optional.of(new WaitPreference(new BigInteger(value).min(MOST).intValueExact()))
          : Optional.empty();
    }
  }

  @Property
  void firstWaitIsTheOneThatCounts(
      @ForAll @Size(100) List<@From("preferences") List<Preference>> headers) {
    assertThat(headers)
        .allSatisfy(
            preferences ->
                assertThat(read(String.join(",", texts(preferences))))
                    .isEqualTo(expected(preferences)));
  }

  @Property
  void severalLinesAreReadAsOne(@ForAll("preferences") List<Preference> preferences) {
    assertThat(read(texts(preferences).toArray(String[]::new))).isEqualTo(expected(preferences));
  }

  @Property
  void anythingElseIsReadWithoutFailing(@ForAll @Size(100) List<@From("noise") String> headers) {
    assertThat(headers)
        .allSatisfy(
            header ->
                assertThat(read(header).map(WaitPreference::seconds).orElse(0))
                    .isBetween(0, MOST.intValueExact()));
  }

  private static Optional<WaitPreference> expected(List<Preference> preferences) {
    return preferences.stream().filter(Preference::isWait).findFirst().flatMap(Preference::wanted);
  }

  private static List<String> texts(List<Preference> preferences) {
    return preferences.stream().map(Preference::text).toList();
  }

  /** As a server reads it, without spaces around each line. */
  private static Optional<WaitPreference> read(String... lines) {
    MutableHttpRequest<?> request = HttpRequest.GET("/");
    for (String line : lines) {
      request.getHeaders().add("Prefer", line.strip());
    }
    return WaitPreference.in(request.getHeaders());
  }

  @Provide
  Arbitrary<List<Preference>> preferences() {
    Arbitrary<String> names =
        Arbitraries.of("wait", "wait", "Wait", "WAIT", "await", "waits", "respond-async", "return");
    Arbitrary<String> numbers =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 99).map(String::valueOf),
            Arbitraries.of("", "0", "000", "0030", "0".repeat(2_000) + "7", "9".repeat(2_000)));
    Arbitrary<String> words = Arbitraries.of("x", "1x", "-1", "+1", "1.5", "soon");
    Arbitrary<String> quoted =
        Arbitraries.of("", "a, wait=3", "wait=3", "a; wait=3", "7,", "\\\", wait=3", "\\\\");
    Arbitrary<String> parameters =
        Arbitraries.of("", "", ";", "; any", " ; any=\"a, wait=3\" ; other=1", ";wait=3");
    Arbitrary<String> spaces = Arbitraries.of("", "", " ", "\t", "  ");
    Arbitrary<Preference> plain =
        Combinators.combine(
                names, Arbitraries.oneOf(numbers, words), parameters, spaces, spaces, spaces)
            .as(
                (name, value, more, before, between, after) ->
                    new Preference(
                        name,
                        value,
                        before
                            + name
                            + (value.isEmpty() ? "" : between + "=" + between + value)
                            + more
                            + after));
    Arbitrary<Preference> inQuotes =
        Combinators.combine(names, Arbitraries.oneOf(numbers, quoted), parameters, spaces)
            .as(
                (name, value, more, space) ->
                    new Preference(
                        name, value, space + name + "=\"" + value + "\"" + more + space));
    return Arbitraries.oneOf(plain, inQuotes).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("wait=\"\\,; 059x\t").ofMaxLength(40),
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40));
  }
}
