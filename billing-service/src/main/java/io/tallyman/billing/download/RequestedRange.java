package io.tallyman.billing.download;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bytes of a file that a client asks for with {@code Range} (RFC 9110). */
sealed interface RequestedRange {
  /** The whole file. */
  record Whole() implements RequestedRange {}

  /**
   * A part of the file.
   *
   * @param first the first byte, counted from 0
   * @param last the last byte, inclusive
   */
  record Part(long first, long last) implements RequestedRange {
    long length() {
      return last - first + 1;
    }
  }

  /** The range begins behind the end of the file. */
  record Beyond() implements RequestedRange {}

  /**
   * Reads the header. Anything but a range of bytes is ignored, as RFC 9110 demands. Several ranges
   * are ignored too, which it allows: the client gets the whole file, with a 200.
   *
   * @param headers the values of all {@code Range} headers
   * @param length of the file
   */
  static RequestedRange of(List<String> headers, long length) {
    List<String> ranges = headers.stream().flatMap(RequestedRange::ranges).toList();
    return ranges.size() == 1 ? one(ranges.getFirst(), length) : new Whole();
  }

  private static Stream<String> ranges(String header) {
    return header.regionMatches(true, 0, "bytes=", 0, 6)
        ? Stream.of(header.substring(6).split(",", -1))
            .map(String::strip)
            .filter(range -> !range.isEmpty())
        : Stream.empty();
  }

  private static RequestedRange one(String range, long length) {
    Matcher bounds = Pattern.compile("([0-9]*)-([0-9]*)").matcher(range);
    if (!bounds.matches() || range.length() == 1) {
      return new Whole();
    }
    String from = bounds.group(1);
    String to = bounds.group(2);
    if (from.isEmpty()) {
      return part(length - inFile(to, length), length - 1, length);
    }
    if (!to.isEmpty() && new BigInteger(to).compareTo(new BigInteger(from)) < 0) {
      return new Whole();
    }
    long last = to.isEmpty() ? length - 1 : Math.min(inFile(to, length), length - 1);
    return part(inFile(from, length), last, length);
  }

  private static RequestedRange part(long first, long last, long length) {
    return first < length ? new Part(first, last) : new Beyond();
  }

  /** The number, limited to the file's length. */
  private static long inFile(String digits, long length) {
    return new BigInteger(digits).min(BigInteger.valueOf(length)).longValueExact();
  }
}
