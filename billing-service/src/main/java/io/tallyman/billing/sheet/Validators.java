package io.tallyman.billing.sheet;

import io.micronaut.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The validators of a sheet (RFC 9110), and the conditions of a request on them. A sheet never
 * changes, so it was last modified at its snapshot time.
 *
 * @param etag a strong ETag, with its quotes
 * @param lastModified in whole seconds, as in HTTP
 */
record Validators(String etag, Instant lastModified) {
  private static final Pattern ETAG = Pattern.compile("(W/)?(\"[^\"]*\")");
  private static final String ANY = "*";

  /** The date format of HTTP. Obsolete formats are ignored. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  static Validators of(Sheet sheet) {
    return new Validators(
        '"' + sheet.sha256() + '"', sheet.snapshotAt().truncatedTo(ChronoUnit.SECONDS));
  }

  String lastModifiedHeader() {
    return HTTP_DATE.format(lastModified);
  }

  /** Whether {@code If-Match} or {@code If-Unmodified-Since} fails, so that the answer is 412. */
  boolean forbid(HttpHeaders request) {
    List<String> wanted = request.getAll(HttpHeaders.IF_MATCH);
    if (!wanted.isEmpty()) {
      return etags(wanted).noneMatch(this::isStrongly);
    }
    return date(request, HttpHeaders.IF_UNMODIFIED_SINCE).filter(lastModified::isAfter).isPresent();
  }

  /** Whether the client already has this sheet, so that the answer is 304. */
  boolean matchWhatItHas(HttpHeaders request) {
    List<String> had = request.getAll(HttpHeaders.IF_NONE_MATCH);
    if (!had.isEmpty()) {
      return etags(had).anyMatch(tag -> isStrongly(tag.replaceFirst("^W/", "")));
    }
    return date(request, HttpHeaders.IF_MODIFIED_SINCE)
        .filter(since -> !lastModified.isAfter(since))
        .isPresent();
  }

  /**
   * Whether {@code If-Range} allows a partial answer. Only an ETag does: a date cannot tell two
   * sheets of the same second apart.
   */
  boolean allowPart(HttpHeaders request) {
    List<String> condition = request.getAll(HttpHeaders.IF_RANGE);
    return condition.isEmpty() || condition.equals(List.of(etag));
  }

  private boolean isStrongly(String tag) {
    return tag.equals(etag) || tag.equals(ANY);
  }

  private static Stream<String> etags(List<String> headers) {
    return headers.stream()
        .flatMap(
            header ->
                header.strip().equals(ANY)
                    ? Stream.of(ANY)
                    : ETAG.matcher(header).results().map(MatchResult::group));
  }

  /** The date in a header; empty if it is absent or unreadable, which RFC 9110 says to ignore. */
  private static Optional<Instant> date(HttpHeaders request, String name) {
    try {
      return Optional.ofNullable(request.get(name))
          .map(date -> HTTP_DATE.parse(date, Instant::from));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }
}
