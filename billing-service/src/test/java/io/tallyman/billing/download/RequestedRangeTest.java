package io.tallyman.billing.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.download.RequestedRange.Beyond;
import io.tallyman.billing.download.RequestedRange.Part;
import io.tallyman.billing.download.RequestedRange.Whole;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestedRangeTest {
  private static final long LENGTH = 1_000;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-999, 0, 999",
    "bytes=10-19, 10, 19",
    "bytes=999-999, 999, 999",
    "bytes=10-5000, 10, 999",
    "bytes=500-, 500, 999",
    "bytes=-500, 500, 999",
    "bytes=-5000, 0, 999",
    "bytes=0-99999999999999999999999, 0, 999",
    "bytes=-99999999999999999999999, 0, 999",
    "bytes=0000000000000000000000010-19, 10, 19",
    "BYTES=10-19, 10, 19",
    "'bytes= 10-19 ,', 10, 19"
  })
  void oneRangeIsAPart(String header, long first, long last) {
    assertThat(RequestedRange.of(List.of(header), LENGTH)).isEqualTo(new Part(first, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999-"})
  void rangeThatBeginsBehindTheEndHasNothing(String header) {
    assertThat(RequestedRange.of(List.of(header), LENGTH)).isEqualTo(new Beyond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=1",
        "bytes=+1-2",
        "bytes=1--2",
        "bytes=5-4",
        "bytes=٣-٤",
        "bytes =0-1",
        "rows=0-1",
        "0-1",
        "bytes=0-1,2-3",
        "bytes=0-1,-1"
      })
  void whatIsNotOneRangeOfBytesIsIgnored(String header) {
    assertThat(RequestedRange.of(List.of(header), LENGTH)).isEqualTo(new Whole());
  }

  @Test
  void severalHeadersAreSeveralRanges() {
    assertThat(RequestedRange.of(List.of("bytes=0-1", "bytes=2-3"), LENGTH)).isEqualTo(new Whole());
  }

  @Test
  void emptyFileHasNoBytesToAskFor() {
    assertThat(RequestedRange.of(List.of("bytes=0-"), 0)).isEqualTo(new Beyond());
    assertThat(RequestedRange.of(List.of("bytes=-1"), 0)).isEqualTo(new Beyond());
  }

  @Property
  void partLiesWithinTheFileWhateverIsAskedFor(
      @ForAll("headers") String header, @ForAll @LongRange(min = 0, max = 60) long length) {
    if (RequestedRange.of(List.of(header), length) instanceof Part part) {
      assertThat(part.first()).isBetween(0L, part.last());
      assertThat(part.last()).isLessThan(length);
    }
  }

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .withChars("0123456789-, bytes=")
            .ofMaxLength(12)
            .map("bytes="::concat),
        Arbitraries.strings().ofMaxLength(20));
  }
}
